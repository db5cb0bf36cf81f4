using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Tls;
using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>
/// A QUIC connection as far as it can be read: the client's hello. Packets are decrypted until it is whole; what comes after
/// is looked at only for a server that wants the client to say it again (RFC 9000, 8.1.2 and section 6).
/// </summary>
internal sealed class QuicParser(SegmentPool memory, PacketProtection protection) : ProtocolParser
{
    /// <summary>Datagrams looked at for a hello. A real one takes three; this bounds what a flow can cost.</summary>
    private const int MaxDatagrams = 32;

    /// <summary>Packets in one datagram (RFC 9000, 12.2): one of each kind and room for a split hello.</summary>
    private const int MaxCoalesced = 8;

    private readonly CryptoStream _stream = new(memory);
    private InitialKeys _keys;
    private Direction _client;
    private bool _hasKeys;
    private bool _hasHello;
    private bool _isOver;
    private int _datagrams;

    /// <summary>The version seen last.</summary>
    private uint _version;

    private bool _isReported;

    public override AppProtocol Protocol => AppProtocol.Quic;

    public override bool IsSettled => _hasHello || _isOver;

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = ++_datagrams >= MaxDatagrams;
        if (GoogleHeader.TryReadVersion(data, out var version))
        {
            _version = version;
            ReadGoogleHello(observations, flow, version, data);
        }
        else if (QuicPacket.IsLong(data[0]))
        {
            ReadLong(observations, flow, direction, data);
        }
        else
        {
            _isOver |= _hasHello && !QuicVersion.IsGoogle(_version);
        }

        if (_isOver)
        {
            _stream.Clear();
        }
    }

    public override void Finish(Observations observations, Flow flow)
    {
        if (!_isReported && _version != 0)
        {
            observations.QuicWithoutHello(flow, _version);
        }
    }

    public override void Reset()
    {
        _stream.Clear();
        _hasKeys = _hasHello = _isOver = _isReported = false;
        _datagrams = 0;
        _version = 0;
    }

    private void ReadLong(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        var version = data.Length < 5 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(data[1..]);
        _version = version == QuicVersion.Negotiation ? _version : version;
        if (QuicVersion.DialectOf(version) == QuicDialect.GoogleClear)
        {
            ReadGoogleHello(observations, flow, version, data);
            return;
        }

        for (var i = 0; i < MaxCoalesced && !data.IsEmpty && QuicPacket.IsLong(data[0]); i++)
        {
            if (!QuicPacket.TryRead(data, out var packet))
            {
                observations.CountMalformed();
                return;
            }

            ReadPacket(observations, flow, direction, packet);
            data = data[packet.Bytes.Length..];
        }
    }

    private void ReadPacket(Observations observations, Flow flow, Direction direction, in QuicPacket packet)
    {
        if (packet.Type is QuicPacketType.Retry or QuicPacketType.VersionNegotiation)
        {
            // The client begins again, with other keys.
            _hasHello = _hasKeys = false;
            _stream.Clear();
        }
        else if (_hasHello)
        {
            // The server has answered: the hello stands. Only Google's own handshake may need a second one.
            _isOver |= direction != _client && QuicVersion.DialectOf(packet.Version) == QuicDialect.Ietf;
        }

        var isFromServer = _hasKeys && direction != _client;
        if (packet.Type == QuicPacketType.Initial && !isFromServer && !_isOver)
        {
            ReadInitial(observations, flow, direction, packet);
        }
    }

    private void ReadInitial(Observations observations, Flow flow, Direction direction, in QuicPacket packet)
    {
        var dialect = QuicVersion.DialectOf(packet.Version);
        if (dialect == QuicDialect.None || (_hasHello && dialect == QuicDialect.Ietf) || !TryOpen(direction, packet, out var frames))
        {
            return;
        }

        if (dialect == QuicDialect.GoogleEncrypted)
        {
            ReadGoogleHello(observations, flow, packet.Version, frames);
        }
        else if (!QuicFrames.TryRead(frames, _stream))
        {
            observations.CountMalformed();
        }
        else
        {
            ReadHello(observations, flow, packet.Version);
        }
    }

    /// <summary>Decrypts with the keys that are known; if they do not fit, with those the packet itself would begin a connection with.</summary>
    private bool TryOpen(Direction direction, in QuicPacket packet, out ReadOnlySpan<byte> frames)
    {
        if (_hasKeys && protection.TryRemove(packet.Bytes, packet.PacketNumberOffset, _keys, out frames))
        {
            return true;
        }

        InitialKeys.Derive(packet.Version, packet.DestinationId, out var keys);
        if (!protection.TryRemove(packet.Bytes, packet.PacketNumberOffset, keys, out frames))
        {
            return false;
        }

        _keys = keys;
        _hasKeys = true;
        _client = direction;
        _stream.Clear();
        return true;
    }

    private void ReadHello(Observations observations, Flow flow, uint version)
    {
        var message = new TlsReader(_stream.Head);
        if (!message.TryRead(1, out var type) || !message.TryReadVector24(out var body))
        {
            return;
        }

        if (type[0] == TlsHandshake.ClientHello && ClientHello.TryRead(body, out var hello))
        {
            _isReported = true;
            observations.QuicClientHello(flow, version, hello);
        }
        else
        {
            observations.CountMalformed();
        }

        _hasHello = true;
        _stream.Clear();
    }

    private void ReadGoogleHello(Observations observations, Flow flow, uint version, ReadOnlySpan<byte> frames)
    {
        if (GoogleHello.TryFind(frames, out var hello))
        {
            _hasHello = _isReported = true;
            observations.QuicGoogleHello(flow, version, hello);
        }
    }
}
