using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Expectations;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Ftp;

/// <summary>
/// The control connection of FTP (RFC 959): commands with their replies, the data connections they announce, and AUTH
/// (RFC 4217), behind which the client's bytes are held back until the server has agreed or not.
/// </summary>
internal sealed class FtpParser : CommandParser
{
    /// <summary>Command and reply lines carry a path at most.</summary>
    private const int MaxLine = 4096;

    /// <summary>Commands sent ahead of their replies.</summary>
    private const int MaxPending = 64;

    private readonly Queue<FtpTransaction> _open = new();
    private readonly Stack<FtpTransaction> _free = new();

    /// <summary>What the server says without being asked: its greeting, a time-out.</summary>
    private readonly FtpTransaction _unasked = new();

    private LineReader _commands;
    private LineReader _replies;
    private int _count;
    private int _multilineCode;
    private bool _isGreeted;
    private ushort _dataPort;
    private bool _isActive;

    public override AppProtocol Protocol => AppProtocol.Ftp;

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        if (direction == Direction.ToServer)
        {
            _commands.Skip();
        }
        else
        {
            // Which reply belongs to which command is not known any more.
            _replies.Skip();
            _multilineCode = 0;
            Finish(observations, flow);
        }

        return true;
    }

    public override void Finish(Observations observations, Flow flow)
    {
        while (_open.TryDequeue(out var transaction))
        {
            Report(observations, flow, transaction);
            _free.Push(transaction);
        }
    }

    public override void Reset()
    {
        while (_open.TryDequeue(out var transaction))
        {
            _free.Push(transaction);
        }

        base.Reset();
        _commands = _replies = default;
        _count = _multilineCode = 0;
        _isGreeted = _isActive = false;
        _unasked.Clear();
        _dataPort = 0;
    }

    protected override void ReadCommands(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        while (!IsWaiting && _commands.TryTake(ref data, MaxLine, out var line))
        {
            line = SkipTelnet(line);
            if (!line.IsEmpty)
            {
                TakeCommand(observations, flow, line);
            }
        }
    }

    private void TakeCommand(Observations observations, Flow flow, ReadOnlySpan<byte> line)
    {
        var word = TextProbe.Word(line, out var argument);
        var transaction = Open(FtpVerbs.Of(word));
        transaction.Command.Set(word);
        transaction.Argument.Set(argument);
        switch (transaction.Verb)
        {
            case FtpVerb.Port when FtpPort.TryReadPair(argument, out var port):
            case FtpVerb.ExtendedPort when FtpPort.TryReadExtended(argument, out port):
                transaction.DataPort = _dataPort = port;
                transaction.IsActive = _isActive = true;
                break;
            case FtpVerb.Retrieve or FtpVerb.Store or FtpVerb.List when _dataPort != 0:
                ExpectData(observations, flow, transaction);
                break;
            case FtpVerb.Authenticate:
                Wait();
                break;
        }

        if (_open.Count > MaxPending)
        {
            var given = _open.Dequeue();
            Report(observations, flow, given);
            _free.Push(given);
        }
    }

    /// <summary>A data connection serves one transfer (RFC 959, 3.3).</summary>
    private void ExpectData(Observations observations, Flow flow, FtpTransaction transaction)
    {
        var (from, to) = _isActive ? (flow.Server, flow.Client) : (flow.Client, flow.Server);
        var expectation = observations.Expected.Add(new ExpectedFlow(IpProtocol.Tcp, from, to, _dataPort), AppProtocol.FtpData, observations.Now);
        var isFromClient = transaction.Verb == FtpVerb.Store;
        expectation.FirstSpeaker = isFromClient == _isActive ? Direction.ToClient : Direction.ToServer;
        expectation.Command.Set(transaction.Command.Value);
        if (transaction.Verb != FtpVerb.List)
        {
            expectation.FileName.Set(transaction.Argument.Value);
        }

        _dataPort = 0;
    }

    protected override void ReadAnswers(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        while (!IsHandingOver && _replies.TryTake(ref data, MaxLine, out var line))
        {
            TakeReply(observations, flow, line);
        }
    }

    /// <summary>RFC 959, 4.2: "123-" opens a reply of several lines, which "123 " ends.</summary>
    private void TakeReply(Observations observations, Flow flow, ReadOnlySpan<byte> line)
    {
        var reply = ReplyLine.Read(line);
        var isGreeting = !_isGreeted && reply.Code is 120 or 220;
        var transaction = isGreeting || _open.Count == 0 ? _unasked : _open.Peek();
        if (reply.Code != 0)
        {
            transaction.Codes.Add(line[..3]);
        }

        if (!reply.Text.IsEmpty)
        {
            transaction.Replies.Add(reply.Text);
        }

        transaction.IsAnswered = true;
        var goesOn = _multilineCode == 0 ? reply.GoesOn : reply.GoesOn || reply.Code != _multilineCode;
        if (goesOn)
        {
            _multilineCode = _multilineCode == 0 ? reply.Code : _multilineCode;
            return;
        }

        // 1xx is preliminary. What has no code ends the reply of a server that knows none.
        _multilineCode = 0;
        if (reply.Code is 0 or >= 200)
        {
            _isGreeted = true;
            Complete(observations, flow, transaction, reply);
            if (transaction != _unasked)
            {
                _free.Push(_open.Dequeue());
            }

            _unasked.Clear();
        }
    }

    private void Complete(Observations observations, Flow flow, FtpTransaction transaction, ReplyLine reply)
    {
        switch (transaction.Verb)
        {
            case FtpVerb.Passive when reply.Code == 227 && FtpPort.TryReadPair(reply.Text, out var port):
            case FtpVerb.ExtendedPassive when reply.Code == 229 && FtpPort.TryReadExtended(reply.Text, out port):
                transaction.DataPort = _dataPort = port;
                _isActive = false;
                break;
            case FtpVerb.Authenticate:
                Decide(isHandingOver: reply.Code == 234);
                break;
        }

        Report(observations, flow, transaction);
    }

    private FtpTransaction Open(FtpVerb verb)
    {
        var transaction = _free.TryPop(out var recycled) ? recycled : new FtpTransaction();
        transaction.Clear();
        transaction.Verb = verb;
        _open.Enqueue(transaction);
        return transaction;
    }

    private void Report(Observations observations, Flow flow, FtpTransaction transaction)
    {
        transaction.Number = _count++;
        observations.Ftp(flow, transaction);
    }

    /// <summary>RFC 959, section 5: ABOR comes behind TELNET's "interrupt process" and "synch".</summary>
    private static ReadOnlySpan<byte> SkipTelnet(ReadOnlySpan<byte> line)
    {
        const byte InterpretAsCommand = 255;
        while (line.Length >= 2 && (line[0] == InterpretAsCommand || line[0] == 0xF2))
        {
            line = line[(line[0] == InterpretAsCommand ? 2 : 1)..];
        }

        return line.TrimStart((byte)' ');
    }
}
