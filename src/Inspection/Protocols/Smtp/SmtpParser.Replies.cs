using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Smtp;

/// <content>The server's side: which command was accepted.</content>
internal sealed partial class SmtpParser
{
    /// <summary>Commands sent ahead of their answers; more means that the answers are not seen.</summary>
    private readonly PendingCommands<SmtpVerb> _pending = new(256);

    private LineReader _replies;
    private bool _isGreeted;
    private bool _hasReplies;

    /// <summary>Answers are missing, so that it is not known any more which belongs to which command.</summary>
    private bool _isDeaf;

    /// <summary>What the client sent meanwhile comes before the next answer.</summary>
    private bool _isReplyHeld;

    private void ReadServer(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        _hasReplies = true;
        while (!_isHandingOver && !_isReplyHeld && _replies.TryTake(ref data, MaxLine, out var line))
        {
            if (ReplyLine.Read(line) is { Code: not 0 and var code, GoesOn: false })
            {
                TakeReply(observations, flow, code);
            }
        }
    }

    private void TakeReply(Observations observations, Flow flow, int code)
    {
        if (!_isGreeted)
        {
            _isGreeted = true;
            if (code is 220 or 421 or 554)
            {
                return;
            }
        }

        if (_isDeaf || !_pending.TryTake(out var verb))
        {
            return;
        }

        _transaction.IsRefused |= verb == SmtpVerb.Mail && code >= 400;
        if (_mode == Mode.Waiting && _pending.Count == 0)
        {
            Decide(observations, flow, verb, code);
            _isOtherDue = _isReplyHeld = !_isHandingOver;
        }
    }

    /// <summary>The answer that the client's next bytes depend on.</summary>
    private void Decide(Observations observations, Flow flow, SmtpVerb verb, int code)
    {
        _mode = Mode.Commands;
        switch (verb)
        {
            case SmtpVerb.Data when code == 354:
                _mode = Mode.Text;
                StartMail();
                break;
            case SmtpVerb.StartTls:
                _isHandingOver = code == 220;
                break;
            case SmtpVerb.Authenticate when code == 334:
                _mode = Mode.Credentials;
                break;
            case SmtpVerb.Hello when code == 250:
                EndTransaction(observations, flow);
                break;
        }
    }

    /// <summary>A command was sent; one that decides what the next bytes are holds them back until its answer.</summary>
    private void Expect(Observations observations, Flow flow, SmtpVerb verb, bool decides)
    {
        _waitingFor = verb;
        _mode = decides ? Mode.Waiting : _mode;
        if (_isDeaf || (decides && !_hasReplies) || !_pending.TryAdd(verb))
        {
            StopFollowingReplies(observations, flow);
        }
    }

    /// <summary>The server is not heard: it is taken to agree.</summary>
    private bool StopFollowingReplies(Observations observations, Flow flow)
    {
        _isDeaf = true;
        _pending.Clear();
        if (_mode == Mode.Waiting)
        {
            Decide(observations, flow, _waitingFor, _waitingFor switch
            {
                SmtpVerb.Data => 354,
                SmtpVerb.StartTls => 220,
                SmtpVerb.Authenticate => 235,
                _ => 250,
            });
        }

        return true;
    }
}
