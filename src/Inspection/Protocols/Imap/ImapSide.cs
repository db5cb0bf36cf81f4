using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Mime;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Imap;

/// <summary>One direction of an IMAP connection: lines, and counted strings in between, some of which are mails.</summary>
internal sealed class ImapSide(Direction direction)
{
    /// <summary>Envelopes and lists of flags make long lines.</summary>
    private const int MaxLine = 16 << 10;

    private MimeReader? _mime;
    private LineReader _lines;
    private long _literalLeft;
    private bool _isMail;
    private bool _isMailOpen;

    /// <summary>Of the mail only a piece was asked for; others may follow.</summary>
    private bool _isPiece;

    private long _mailLength;
    private int _mails;

    /// <summary>The line that comes continues one that a counted string had interrupted.</summary>
    public bool IsContinued { get; private set; }

    /// <summary>Takes the next line; counted strings before it go where they belong.</summary>
    /// <returns>False until more bytes come.</returns>
    public bool TryTakeLine(Observations observations, Flow flow, ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_literalLeft > 0)
        {
            var length = (int)Math.Min(_literalLeft, data.Length);
            if (_isMail)
            {
                _mime!.Append(observations, flow, data[..length]);
            }

            Pass(length);
            data = data[length..];
        }

        if (_literalLeft == 0 && !_isPiece)
        {
            EndMail(observations, flow, isComplete: true);
        }

        return _literalLeft == 0 && _lines.TryTake(ref data, MaxLine, out line);
    }

    /// <summary>A counted string follows the line that was taken last.</summary>
    public void StartLiteral(Observations observations, Flow flow, in ImapLiteral literal, bool isMail)
    {
        _literalLeft = literal.Length;
        _isMail = isMail;
        _isPiece = literal.IsPiece;
        IsContinued = true;
        if (!isMail)
        {
            return;
        }

        if (literal.Offset == 0 || !_isMailOpen)
        {
            EndMail(observations, flow, isComplete: false);
            _mime ??= new MimeReader();
            _mime.Begin(direction, _mails++);
            _isMailOpen = true;
            _mailLength = 0;
        }

        if (literal.Offset != _mailLength)
        {
            _mime!.Skip(Math.Max(0, literal.Offset - _mailLength));
            _mailLength = literal.Offset;
        }
    }

    /// <summary>The line that was taken last stands alone.</summary>
    public void EndLine() => IsContinued = false;

    /// <returns>False if the bytes that are missing are more than a counted string.</returns>
    public bool TrySkip(long length)
    {
        if (length > _literalLeft)
        {
            return false;
        }

        if (_isMail)
        {
            _mime!.Skip(length);
        }

        Pass(length);
        return true;
    }

    public void EndMail(Observations observations, Flow flow, bool isComplete)
    {
        if (_isMailOpen)
        {
            _isMailOpen = false;
            _mime!.End(observations, flow, isComplete);
        }
    }

    public void Reset()
    {
        _lines = default;
        _literalLeft = _mailLength = 0;
        _mails = 0;
        _isMail = _isMailOpen = _isPiece = IsContinued = false;
    }

    private void Pass(long length)
    {
        _literalLeft -= length;
        _mailLength += _isMail ? length : 0;
    }
}
