using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// A TLS session as far as it is in clear: the two hellos. Handshake messages may be cut over records and records over
/// segments; both are put together here.
/// </summary>
internal sealed class TlsParser : ProtocolParser
{
    /// <summary>A longer hello is not real: post-quantum key shares and tickets stay below 8 KiB.</summary>
    private const int MaxHandshakeLength = 64 << 10;

    private readonly byte[] _serverName = new byte[255];
    private readonly HandshakeBuffer _toServer = new();
    private readonly HandshakeBuffer _toClient = new();
    private int _serverNameLength;
    private bool _isReported;

    public override AppProtocol Protocol => AppProtocol.Tls;

    /// <summary>Name the client asked for, as sent; empty where it sent none.</summary>
    public ReadOnlySpan<byte> ServerName => _serverName.AsSpan(0, _serverNameLength);

    /// <summary>The version the server chose; before its hello, the one the client offered in the old field.</summary>
    public ushort Version { get; private set; }

    public bool HasClientHello { get; private set; }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var taken = 0;
        while (data.Length - taken >= TlsRecord.HeaderLength)
        {
            var record = TlsRecord.Read(data[taken..]);
            if (!record.IsValid)
            {
                observations.CountMalformed();
                return -1;
            }

            var length = TlsRecord.HeaderLength + record.Length;
            if (data.Length - taken < length)
            {
                wanted = length;
                break;
            }

            var body = data.Slice(taken + TlsRecord.HeaderLength, record.Length);
            taken += length;
            if (!ReadRecord(observations, flow, direction, record, body))
            {
                Report(observations, flow);
                return -1;
            }
        }

        return taken;
    }

    public override void Finish(Observations observations, Flow flow) => Report(observations, flow);

    public override void Reset()
    {
        _serverNameLength = 0;
        _isReported = HasClientHello = false;
        Version = 0;
        _toServer.Clear();
        _toClient.Clear();
    }

    /// <returns>False once nothing more can be read in clear.</returns>
    private bool ReadRecord(Observations observations, Flow flow, Direction direction, TlsRecord record, ReadOnlySpan<byte> body)
    {
        switch (record.Type)
        {
            case TlsRecord.Handshake:
                var buffer = direction == Direction.ToServer ? _toServer : _toClient;
                return buffer.Add(body, MaxHandshakeLength) && ReadMessages(observations, flow, direction, buffer);
            case TlsRecord.ApplicationData:
                return false;
            default:
                return true;
        }
    }

    private bool ReadMessages(Observations observations, Flow flow, Direction direction, HandshakeBuffer buffer)
    {
        while (buffer.TryTakeMessage(out var type, out var message))
        {
            if (type == TlsHandshake.ClientHello && direction == Direction.ToServer && ClientHello.TryRead(message, out var hello))
            {
                TakeClientHello(observations, flow, hello);
            }
            else if (type == TlsHandshake.ServerHello && message.Length >= 2)
            {
                Version = BinaryPrimitives.ReadUInt16BigEndian(message);
            }
        }

        return true;
    }

    private void TakeClientHello(Observations observations, Flow flow, in ClientHello hello)
    {
        HasClientHello = true;
        if (Version == 0)
        {
            Version = hello.Version;
        }

        _serverNameLength = Math.Min(hello.ServerName.Length, _serverName.Length);
        hello.ServerName[.._serverNameLength].CopyTo(_serverName);
        observations.TlsClientHello(flow, hello);
    }

    private void Report(Observations observations, Flow flow)
    {
        if (!_isReported && HasClientHello)
        {
            _isReported = true;
            observations.TlsSession(flow, this);
        }
    }
}
