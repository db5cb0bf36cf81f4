using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Mime;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Smtp;

/// <summary>
/// SMTP on one connection (RFC 5321), with pipelining (RFC 2920), chunks (RFC 3030) and STARTTLS (RFC 3207). What follows
/// DATA, STARTTLS or AUTH means one thing if the server agrees and another if it refuses, so it is held back until the
/// server has said which; where only the client is heard, agreement is taken for granted.
/// </summary>
internal sealed partial class SmtpParser : ProtocolParser
{
    /// <summary>RFC 5321, 4.5.3.1.4 allows 512 bytes; extensions use more.</summary>
    private const int MaxLine = 4096;

    /// <summary>A client that sends more without waiting for the answer does not need it.</summary>
    private const int MaxHeld = 64 << 10;

    private readonly SmtpTransaction _transaction = new();
    private MimeReader? _mime;
    private LineReader _commands;
    private DotStuffedText _text;
    private Mode _mode;
    private SmtpVerb _waitingFor;
    private long _chunkLeft;
    private bool _isLastChunk;
    private bool _isMailOpen;
    private bool _isHandingOver;
    private bool _isOtherDue;
    private int _reported;

    private enum Mode : byte
    {
        Commands,

        /// <summary>A command is out whose answer decides what the next bytes are.</summary>
        Waiting,

        /// <summary>The next line answers a challenge of AUTH.</summary>
        Credentials,

        /// <summary>The mail, up to a line with a dot.</summary>
        Text,

        /// <summary>A counted piece of the mail.</summary>
        Chunk,
    }

    public override AppProtocol Protocol => AppProtocol.Smtp;

    public override bool IsHandingOver => _isHandingOver;

    public override bool IsOtherDue => _isOtherDue;

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var rest = data;
        if (direction == Direction.ToServer)
        {
            _isOtherDue = _isReplyHeld;
            _isReplyHeld = false;
            ReadClient(observations, flow, ref rest);
        }
        else
        {
            _isOtherDue = false;
            ReadServer(observations, flow, ref rest);
        }

        return data.Length - rest.Length;
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        if (direction == Direction.ToClient)
        {
            _replies.Skip();
            StopFollowingReplies(observations, flow);
            return true;
        }

        _mime?.Skip(length);
        if (_mode == Mode.Text)
        {
            _text.Skip();
            return true;
        }

        if (_mode != Mode.Chunk || length > _chunkLeft)
        {
            return false;
        }

        SpendChunk(observations, flow, length);
        return true;
    }

    public override void End(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> unread)
    {
        if (direction == Direction.ToServer)
        {
            StopFollowingReplies(observations, flow);
            ReadClient(observations, flow, ref unread);
        }
    }

    public override void Finish(Observations observations, Flow flow)
    {
        EndMail(observations, flow, isComplete: false);
        EndTransaction(observations, flow);
        if (_reported == 0 && _transaction.Hello.Length > 0)
        {
            Report(observations, flow);
        }
    }

    public override void Reset()
    {
        _transaction.Clear();
        _transaction.Hello.Clear();
        _pending.Clear();
        _commands = _replies = default;
        _text.Reset();
        _mode = Mode.Commands;
        _isLastChunk = _isMailOpen = _isHandingOver = _isOtherDue = false;
        _isGreeted = _hasReplies = _isDeaf = _isReplyHeld = false;
        _chunkLeft = 0;
        _reported = 0;
    }

    private void ReadClient(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        var goesOn = true;
        while (goesOn && !_isHandingOver && !data.IsEmpty)
        {
            goesOn = _mode switch
            {
                Mode.Waiting => data.Length > MaxHeld && StopFollowingReplies(observations, flow),
                Mode.Text => ReadText(observations, flow, ref data),
                Mode.Chunk => ReadChunk(observations, flow, ref data),
                _ => ReadCommand(observations, flow, ref data),
            };
        }
    }

    private bool ReadCommand(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        if (!_commands.TryTake(ref data, MaxLine, out var line))
        {
            return false;
        }

        if (_mode == Mode.Credentials)
        {
            _mode = Mode.Commands;
            Expect(observations, flow, SmtpVerb.Authenticate, decides: true);
        }
        else
        {
            Obey(observations, flow, SmtpCommand.Read(line));
        }

        return true;
    }

    private void Obey(Observations observations, Flow flow, in SmtpCommand command)
    {
        var verb = command.Verb;
        switch (verb)
        {
            case SmtpVerb.Hello:
                _transaction.Hello.Set(command.Argument);
                break;
            case SmtpVerb.Mail:
                if (_transaction is { IsRefused: true, HasSender: true })
                {
                    EndTransaction(observations, flow);
                }

                // RFC 5321, 4.1.4: a second MAIL within a transaction is refused and changes nothing.
                verb = _transaction.HasSender ? SmtpVerb.Other : verb;
                if (!_transaction.HasSender)
                {
                    _transaction.Sender.Set(command.Argument);
                    _transaction.HasSender = true;
                }

                break;
            case SmtpVerb.Recipient:
                _transaction.Recipients.Add(command.Argument);
                break;
            case SmtpVerb.Chunk:
                StartChunk(observations, flow, command);
                return;
            case SmtpVerb.Reset:
                EndMail(observations, flow, isComplete: false);
                EndTransaction(observations, flow);
                break;
        }

        // RFC 5321, 4.1.4: an accepted EHLO ends the transaction that is open.
        var decides = verb is SmtpVerb.Data or SmtpVerb.StartTls or SmtpVerb.Authenticate || (verb == SmtpVerb.Hello && _transaction.IsOpen);
        Expect(observations, flow, verb, decides);
    }

    private bool ReadText(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        bool isEnd;
        while (_text.TryTake(ref data, out var piece, out isEnd))
        {
            _mime!.Append(observations, flow, piece);
        }

        if (!isEnd)
        {
            return false;
        }

        _mode = Mode.Commands;
        EndMail(observations, flow, isComplete: true);
        EndTransaction(observations, flow);
        Expect(observations, flow, SmtpVerb.EndOfMail, decides: false);
        return true;
    }

    private void StartChunk(Observations observations, Flow flow, in SmtpCommand command)
    {
        if (!_isMailOpen)
        {
            StartMail();
        }

        _mode = Mode.Chunk;
        _chunkLeft = command.ChunkLength;
        _isLastChunk = command.IsLastChunk;
        SpendChunk(observations, flow, 0);
    }

    private bool ReadChunk(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        var length = (int)Math.Min(_chunkLeft, data.Length);
        _mime!.Append(observations, flow, data[..length]);
        data = data[length..];
        SpendChunk(observations, flow, length);
        return true;
    }

    private void SpendChunk(Observations observations, Flow flow, long length)
    {
        _chunkLeft -= length;
        if (_chunkLeft > 0)
        {
            return;
        }

        _mode = Mode.Commands;
        if (_isLastChunk)
        {
            EndMail(observations, flow, isComplete: true);
            EndTransaction(observations, flow);
        }

        Expect(observations, flow, SmtpVerb.Chunk, decides: false);
    }

    private void StartMail()
    {
        _mime ??= new MimeReader();
        _mime.Begin(Direction.ToServer, _reported);
        _transaction.Message = _mime.Message;
        _isMailOpen = true;
        _text.Reset();
    }

    private void EndMail(Observations observations, Flow flow, bool isComplete)
    {
        if (_isMailOpen)
        {
            _isMailOpen = false;
            _mime!.End(observations, flow, isComplete);
        }
    }

    private void EndTransaction(Observations observations, Flow flow)
    {
        if (_transaction.IsOpen || _transaction.Message is not null)
        {
            Report(observations, flow);
        }

        _transaction.Clear();
    }

    private void Report(Observations observations, Flow flow)
    {
        _transaction.Number = _reported++;
        observations.Mail(flow, _transaction);
    }
}
