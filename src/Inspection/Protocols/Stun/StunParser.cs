using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Dtls;
using MediaSecurityLite.Inspection.Protocols.Rtp;

namespace MediaSecurityLite.Inspection.Protocols.Stun;

/// <summary>
/// STUN and TURN, and what shares their port: the first byte tells DTLS, RTP and TURN channels apart (RFC 7983, section 7).
/// One record per flow.
/// </summary>
internal sealed class StunParser : ProtocolParser
{
    /// <summary>Media runs for hours: after this many datagrams nothing new is to be learnt.</summary>
    private const int MaxDatagrams = 64;

    private const int MaxFrameLength = 4096;

    private int _seen;
    private bool _isFramed;

    public override AppProtocol Protocol => AppProtocol.Stun;

    public KeptField Software { get; } = new(256);

    public KeptField Realm { get; } = new(256);

    /// <summary>RFC 8489, 18.2: 1 binding, 3 allocate, … of the first message.</summary>
    public int Method { get; private set; }

    public bool HasMappedAddress { get; private set; }

    public IpAddress MappedAddress { get; private set; }

    public ushort MappedPort { get; private set; }

    public bool CarriesDtls { get; private set; }

    public bool CarriesMedia { get; private set; }

    public bool CarriesChannels { get; private set; }

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || _seen == MaxDatagrams)
        {
            return;
        }

        _seen++;
        switch (data[0])
        {
            case <= 3:
                ReadMessage(data);
                break;
            case >= 20 and <= 63:
                CarriesDtls |= DtlsProbe.Datagram(data, direction, flow);
                break;
            case >= 64 and <= 79:
                CarriesChannels |= IsChannelData(data);
                break;
            case >= 128 and <= 191:
                CarriesMedia |= RtpProbe.Datagram(data, direction, flow) || RtcpProbe.Datagram(data, direction, flow);
                break;
        }
    }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        _isFramed |= _seen == 0 && StunProbe.IsFramed(data);
        var taken = 0;
        while (data.Length - taken >= 4)
        {
            var rest = data[taken..];
            var length = _isFramed ? 2 + BinaryPrimitives.ReadUInt16BigEndian(rest) : LengthOf(rest);
            if (_seen == MaxDatagrams || length is 0 or > MaxFrameLength)
            {
                return -1;
            }

            if (rest.Length < length)
            {
                wanted = length;
                break;
            }

            ReadDatagram(observations, flow, direction, rest[(_isFramed ? 2 : 0)..length]);
            taken += length;
        }

        return taken;
    }

    public override void Finish(Observations observations, Flow flow) => observations.Stun(flow, this);

    public override void Reset()
    {
        _seen = 0;
        _isFramed = false;
        Software.Clear();
        Realm.Clear();
        Method = 0;
        HasMappedAddress = CarriesDtls = CarriesMedia = CarriesChannels = false;
    }

    /// <summary>Over TCP without framing: messages and channel data (RFC 8656, 12.5), both padded to four bytes. 0 for anything else.</summary>
    private static int LengthOf(ReadOnlySpan<byte> data)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        return data[0] switch
        {
            <= 3 => StunMessage.HeaderLength + length,
            >= 64 and <= 79 => 4 + ((length + 3) & ~3),
            _ => 0,
        };
    }

    private static bool IsChannelData(ReadOnlySpan<byte> data) =>
        data.Length >= 4 && BinaryPrimitives.ReadUInt16BigEndian(data[2..]) <= data.Length - 4;

    private void ReadMessage(ReadOnlySpan<byte> data)
    {
        if (!StunMessage.TryRead(data, out var message))
        {
            return;
        }

        Method = Method == 0 ? message.Method : Method;
        if (Software.Length == 0)
        {
            Software.Set(message.Attribute(StunAttribute.Software));
        }

        if (Realm.Length == 0)
        {
            Realm.Set(message.Attribute(StunAttribute.Realm));
        }

        if (!HasMappedAddress && message.TryReadMappedAddress(out var address, out var port))
        {
            (HasMappedAddress, MappedAddress, MappedPort) = (true, address, port);
        }
    }
}
