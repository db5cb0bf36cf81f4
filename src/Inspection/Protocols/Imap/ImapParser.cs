using System.Text;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Imap;

/// <summary>
/// IMAP4 (RFC 9051, RFC 3501): the mails that a client fetches or stores, and STARTTLS, behind which the client's bytes are
/// held back until the server has agreed or not.
/// </summary>
internal sealed class ImapParser : CommandParser
{
    private readonly ImapSide _client = new(Direction.ToServer);
    private readonly ImapSide _server = new(Direction.ToClient);

    /// <summary>Tag of the command whose answer decides what the next bytes are.</summary>
    private readonly KeptField _waitingTag = new(64);

    private bool _isAppending;
    private bool _isForTls;
    private bool _isUnreadable;

    public override AppProtocol Protocol => AppProtocol.Imap;

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var taken = base.Read(observations, flow, direction, data, ref wanted);
        return _isUnreadable ? -1 : taken;
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length) =>
        (direction == Direction.ToServer ? _client : _server).TrySkip(length);

    public override void Finish(Observations observations, Flow flow)
    {
        _client.EndMail(observations, flow, isComplete: false);
        _server.EndMail(observations, flow, isComplete: false);
    }

    public override void Reset()
    {
        base.Reset();
        _client.Reset();
        _server.Reset();
        _waitingTag.Clear();
        _isAppending = _isForTls = _isUnreadable = false;
    }

    protected override void ReadCommands(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        while (!IsWaiting && _client.TryTakeLine(observations, flow, ref data, out var line))
        {
            if (!_client.IsContinued)
            {
                TakeCommand(line);
            }

            if (ImapLiteral.TryRead(line, out var literal))
            {
                _client.StartLiteral(observations, flow, literal, _isAppending);
            }
            else
            {
                _client.EndLine();
            }
        }
    }

    private void TakeCommand(ReadOnlySpan<byte> line)
    {
        var tag = TextProbe.Word(line, out var rest);
        var word = TextProbe.Word(rest, out _);
        _isAppending = Ascii.EqualsIgnoreCase(word, "APPEND"u8);
        _isForTls = Ascii.EqualsIgnoreCase(word, "STARTTLS"u8);
        if (_isForTls || Ascii.EqualsIgnoreCase(word, "COMPRESS"u8))
        {
            Wait();
            _waitingTag.Set(tag);
        }
    }

    protected override void ReadAnswers(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        while (!IsHandingOver && !_isUnreadable && _server.TryTakeLine(observations, flow, ref data, out var line))
        {
            if (!_server.IsContinued && _waitingTag.Length > 0)
            {
                TakeTagged(line);
            }

            if (ImapLiteral.TryRead(line, out var literal))
            {
                _server.StartLiteral(observations, flow, literal, literal.IsMail);
            }
            else
            {
                _server.EndLine();
            }
        }
    }

    private void TakeTagged(ReadOnlySpan<byte> line)
    {
        if (!TextProbe.Word(line, out var rest).SequenceEqual(_waitingTag.Value))
        {
            return;
        }

        var isAgreed = Ascii.EqualsIgnoreCase(TextProbe.Word(rest, out _), "OK"u8);
        Decide(isHandingOver: isAgreed && _isForTls);
        _isUnreadable = isAgreed && !_isForTls;
        _waitingTag.Clear();
    }
}
