using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Mqtt;

/// <summary>MQTT's CONNECT and CONNACK: which client, which version, whether it was let in. User name and password are not kept.</summary>
internal sealed class MqttParser : ProtocolParser
{
    /// <summary>A CONNECT with a will and properties stays far below.</summary>
    private const int MaxConnectLength = 32 << 10;

    private bool _isReported;

    public override AppProtocol Protocol => AppProtocol.Mqtt;

    public KeptField ProtocolName { get; } = new(16);

    public KeptField ClientId { get; } = new(256);

    /// <summary>3 is 3.1, 4 is 3.1.1, 5 is 5.</summary>
    public byte Version { get; private set; }

    /// <summary>MQTT 5.0, 3.1.2.3: user name, password, will retain, will QoS (2), will, clean start.</summary>
    public byte Flags { get; private set; }

    public bool HasAnswer { get; private set; }

    public byte ReturnCode { get; private set; }

    public bool IsSessionPresent { get; private set; }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var header = MqttPacket.ReadHeader(data, out var remaining);
        if (header < 0 || remaining > MaxConnectLength)
        {
            observations.CountMalformed();
            return -1;
        }

        if (header == 0 || data.Length < header + remaining)
        {
            wanted = header == 0 ? 0 : header + remaining;
            return 0;
        }

        var body = data.Slice(header, remaining);
        if (direction == Direction.ToServer)
        {
            // What follows CONNECT is passed over: the answer is awaited.
            if (Version == 0 && data[0] == MqttPacket.Connect && !TryReadConnect(body))
            {
                observations.CountMalformed();
                return -1;
            }

            return header + remaining;
        }

        HasAnswer = data[0] == MqttPacket.ConnectAcknowledgment && body.Length >= 2;
        (IsSessionPresent, ReturnCode) = HasAnswer ? ((body[0] & 1) != 0, body[1]) : default;
        Finish(observations, flow);
        return -1;
    }

    public override void Finish(Observations observations, Flow flow)
    {
        if (!_isReported && (Version != 0 || HasAnswer))
        {
            _isReported = true;
            observations.Mqtt(flow, this);
        }
    }

    public override void Reset()
    {
        ProtocolName.Clear();
        ClientId.Clear();
        Version = Flags = ReturnCode = 0;
        HasAnswer = IsSessionPresent = _isReported = false;
    }

    /// <summary><c>| name | level 1 | flags 1 | keep alive 2 | properties (5) | client id | …</c>.</summary>
    private bool TryReadConnect(ReadOnlySpan<byte> body)
    {
        const int FixedLength = 4;
        if (!MqttPacket.TryReadText(ref body, out var name) || body.Length < FixedLength)
        {
            return false;
        }

        ProtocolName.Set(name);
        (Version, Flags) = (body[0], body[1]);
        body = body[FixedLength..];
        if (Version == 5)
        {
            // Properties have a length of the same form as the packet's own.
            Span<byte> prefixed = stackalloc byte[5];
            body[..Math.Min(4, body.Length)].CopyTo(prefixed[1..]);
            var length = MqttPacket.ReadHeader(prefixed[..Math.Min(5, body.Length + 1)], out var properties) - 1;
            if (length <= 0 || properties > body.Length - length)
            {
                return false;
            }

            body = body[(length + properties)..];
        }

        if (!MqttPacket.TryReadText(ref body, out var id))
        {
            return false;
        }

        ClientId.Set(id);
        return Version is >= 3 and <= 5;
    }
}
