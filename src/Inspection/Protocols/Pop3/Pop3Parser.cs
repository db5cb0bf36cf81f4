using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Mime;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Pop3;

/// <summary>
/// POP3 (RFC 1939): the mails that a client fetches, with pipelining (RFC 2449), and STLS (RFC 2595), behind which the client's
/// bytes are held back until the server has agreed or not.
/// </summary>
internal sealed class Pop3Parser : CommandParser
{
    /// <summary>RFC 2449, section 4 allows 255 and 512 bytes; AUTH uses more.</summary>
    private const int MaxLine = 4096;

    /// <summary>A client that fetches a full mailbox sends a command per mail ahead.</summary>
    private readonly PendingCommands<Pop3Verb> _pending = new(4096);

    private MimeReader? _mime;
    private LineReader _commands;
    private LineReader _replies;
    private DotStuffedText _text;
    private int _mails;
    private bool _isGreeted;
    private bool _isInText;
    private bool _isInMail;
    private bool _isCredentialNext;

    public override AppProtocol Protocol => AppProtocol.Pop3;

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        if (direction == Direction.ToServer || !_isInText)
        {
            // Which answer belongs to which command is not known any more.
            return false;
        }

        _text.Skip();
        if (_isInMail)
        {
            _mime!.Skip(length);
        }

        return true;
    }

    public override void Finish(Observations observations, Flow flow) => EndMail(observations, flow, isComplete: false);

    public override void Reset()
    {
        base.Reset();
        _pending.Clear();
        _commands = _replies = default;
        _text.Reset();
        _mails = 0;
        _isGreeted = _isInText = _isInMail = _isCredentialNext = false;
    }

    protected override void ReadCommands(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        while (!IsWaiting && _commands.TryTake(ref data, MaxLine, out var line))
        {
            if (_isCredentialNext)
            {
                _isCredentialNext = false;
                continue;
            }

            var verb = Pop3Verbs.Of(line);
            if (verb == Pop3Verb.StartTls)
            {
                Wait();
            }

            if (!_pending.TryAdd(verb))
            {
                _pending.Clear();
            }
        }
    }

    protected override void ReadAnswers(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        while (!IsHandingOver && (_isInText ? ReadText(observations, flow, ref data) : ReadStatus(ref data)))
        {
        }
    }

    private bool ReadStatus(ref ReadOnlySpan<byte> data)
    {
        if (!_replies.TryTake(ref data, MaxLine, out var line))
        {
            return false;
        }

        var isPositive = line.StartsWith("+OK"u8);
        if (!_isGreeted)
        {
            _isGreeted = true;
            return true;
        }

        if (!isPositive && line.StartsWith("+"u8))
        {
            // RFC 5034, section 4: a challenge.
            _isCredentialNext = true;
            return true;
        }

        var verb = _pending.TryTake(out var command) ? command : Pop3Verb.Other;
        if (verb == Pop3Verb.StartTls)
        {
            Decide(isHandingOver: isPositive);
        }
        else if (isPositive && verb is Pop3Verb.Mail or Pop3Verb.Listing)
        {
            StartText(verb == Pop3Verb.Mail);
        }

        return true;
    }

    private void StartText(bool isMail)
    {
        _isInText = true;
        _isInMail = isMail;
        _text.Reset();
        if (isMail)
        {
            _mime ??= new MimeReader();
            _mime.Begin(Direction.ToClient, _mails++);
        }
    }

    private bool ReadText(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        bool isEnd;
        while (_text.TryTake(ref data, out var piece, out isEnd))
        {
            if (_isInMail)
            {
                _mime!.Append(observations, flow, piece);
            }
        }

        if (isEnd)
        {
            EndMail(observations, flow, isComplete: true);
            _isInText = false;
        }

        return isEnd;
    }

    private void EndMail(Observations observations, Flow flow, bool isComplete)
    {
        if (_isInMail)
        {
            _isInMail = false;
            _mime!.End(observations, flow, isComplete);
        }
    }
}
