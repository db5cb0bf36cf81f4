using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Protocols.Socks;

/// <summary>
/// SOCKS (RFC 1928, RFC 1929): greeting, perhaps a password, request. The host that is asked for meets the detectors as the
/// name of a CONNECT does; once the server agrees, the connection is handed over to what runs inside.
/// </summary>
internal sealed class SocksParser : ProtocolParser
{
    private const byte PasswordMethod = 2;
    private const byte GrantedV4 = 90;

    private Step _client;
    private Step _server;
    private byte _method;
    private bool _isReported;

    private enum Step : byte
    {
        Greeting,
        Password,
        Request,
        Done,
    }

    public override AppProtocol Protocol => AppProtocol.Socks;

    public override bool IsSettled => false;

    public override bool IsHandingOver => _server == Step.Done && IsGranted && Command == 1;

    /// <summary>4 or 5.</summary>
    public byte Version { get; private set; }

    public byte Command { get; private set; }

    public KeptField Name { get; } = new(255);

    public IpAddress Address { get; private set; }

    public ushort Port { get; private set; }

    public bool IsGranted { get; private set; }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var taken = 0;
        while (taken < data.Length)
        {
            var step = direction == Direction.ToServer
                ? ReadClient(observations, flow, data[taken..])
                : ReadServer(data[taken..]);
            if (step <= 0)
            {
                return step < 0 ? step : taken;
            }

            taken += step;
            if (direction == Direction.ToClient && _server == Step.Done)
            {
                Finish(observations, flow);
                return IsHandingOver ? taken : -1;
            }
        }

        return taken;
    }

    public override void Finish(Observations observations, Flow flow)
    {
        if (!_isReported && Command != 0)
        {
            _isReported = true;
            observations.Socks(flow, this);
        }
    }

    public override void Reset()
    {
        _client = _server = Step.Greeting;
        _method = 0;
        _isReported = IsGranted = false;
        Version = Command = 0;
        Name.Clear();
        Address = default;
        Port = 0;
    }

    /// <returns>Bytes taken; 0 where more must come, or where the server has to speak first.</returns>
    private int ReadClient(Observations observations, Flow flow, ReadOnlySpan<byte> data)
    {
        switch (_client)
        {
            case Step.Greeting when data[0] == 4:
                Version = 4;
                return ReadTarget(observations, flow, SocksMessage.ReadV4(data, out var old), old);
            case Step.Greeting:
                Version = 5;
                var greeting = SocksMessage.ReadGreeting(data);
                _client = greeting > 0 ? Step.Request : _client;
                return greeting;
            case Step.Request when data[0] == 1:
                return PasswordLength(data);
            case Step.Request:
                return ReadTarget(observations, flow, SocksMessage.ReadV5(data, out var target), target);
            default:
                // The inner protocol; it stays where it is until the server has agreed.
                return 0;
        }
    }

    private int ReadTarget(Observations observations, Flow flow, int length, in SocksTarget target)
    {
        if (length > 0)
        {
            _client = Step.Done;
            Command = target.Command;
            Name.Set(target.Name);
            (Address, Port) = (target.Address, target.Port);
            observations.ProxyTarget(flow, Name.Value, Address, Port);
        }

        return length;
    }

    /// <summary>RFC 1929, 2: <c>| 1 | length | user | length | password |</c>. Passed over unread.</summary>
    private static int PasswordLength(ReadOnlySpan<byte> data)
    {
        if (data.Length < 2 || data.Length < 3 + data[1])
        {
            return 0;
        }

        var length = 3 + data[1] + data[2 + data[1]];
        return data.Length < length ? 0 : length;
    }

    private int ReadServer(ReadOnlySpan<byte> data)
    {
        const int V4ReplyLength = 8;
        switch (_server)
        {
            case Step.Greeting when Version == 4:
                if (data[0] != 0 || data.Length < V4ReplyLength)
                {
                    return data[0] != 0 ? -1 : 0;
                }

                _server = Step.Done;
                IsGranted = data[1] == GrantedV4;
                return V4ReplyLength;
            case Step.Greeting:
                if (data[0] != 5 || data.Length < 2)
                {
                    return data[0] != 5 ? -1 : 0;
                }

                _method = data[1];
                _server = _method == PasswordMethod ? Step.Password : Step.Request;
                return 2;
            case Step.Password:
                _server = data.Length < 2 ? _server : Step.Request;
                return data.Length < 2 ? 0 : 2;
            case Step.Request:
                var length = SocksMessage.ReadV5(data, out var reply);
                _server = length > 0 ? Step.Done : _server;
                IsGranted = length > 0 && reply.Command == 0;
                return length;
            default:
                return 0;
        }
    }
}
