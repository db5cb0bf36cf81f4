using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Protocols.Dhcp;

/// <summary>
/// A DHCP message for IPv4 (RFC 2131, section 2; options: RFC 2132).
/// <code>
/// | op 1 | htype 1 | hlen 1 | hops 1 | xid 4 | secs 2 | flags 2 | ciaddr 4 | yiaddr 4 | siaddr 4 | giaddr 4 |
/// | chaddr 16 | sname 64 | file 128 | magic cookie 4 | options …
/// </code>
/// </summary>
internal readonly ref struct DhcpMessage
{
    private const int OptionsOffset = 240;
    private const uint MagicCookie = 0x63825363;
    private const byte Pad = 0;
    private const byte End = 255;

    private DhcpMessage(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    public ReadOnlySpan<byte> Bytes { get; }

    public bool IsReply => Bytes[0] == 2;

    public uint Id => BinaryPrimitives.ReadUInt32BigEndian(Bytes[4..]);

    /// <summary>Address the client has already.</summary>
    public IpAddress ClientAddress => Address(12);

    /// <summary>Address the client is given.</summary>
    public IpAddress AssignedAddress => Address(16);

    public IpAddress NextServerAddress => Address(20);

    public IpAddress RelayAddress => Address(24);

    /// <summary>Six bytes where the link is Ethernet.</summary>
    public ReadOnlySpan<byte> ClientHardwareAddress => Bytes.Slice(28, Math.Min(Bytes[2], (byte)16));

    /// <summary>RFC 2132, 9.6; 0 where it is absent, as in BOOTP.</summary>
    public byte Type => Option(DhcpOption.MessageType) is [var type, ..] ? type : (byte)0;

    /// <returns>False for what cannot be a DHCP message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out DhcpMessage message)
    {
        var isSound = data.Length >= OptionsOffset
            && data[0] is 1 or 2
            && data[2] <= 16
            && BinaryPrimitives.ReadUInt32BigEndian(data[(OptionsOffset - 4)..]) == MagicCookie;
        message = isSound ? new DhcpMessage(data) : default;
        return isSound;
    }

    /// <summary>The value of an option; empty where it is absent.</summary>
    public ReadOnlySpan<byte> Option(byte code)
    {
        for (var offset = OptionsOffset; offset < Bytes.Length && Bytes[offset] != End;)
        {
            if (Bytes[offset] == Pad)
            {
                offset++;
                continue;
            }

            var start = offset + 2;
            if (start > Bytes.Length || start + Bytes[offset + 1] > Bytes.Length)
            {
                break;
            }

            var length = Bytes[offset + 1];
            if (Bytes[offset] == code)
            {
                return Bytes.Slice(start, length);
            }

            offset = start + length;
        }

        return default;
    }

    private IpAddress Address(int offset) => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(Bytes[offset..]));
}

/// <summary>The options the engine reads (IANA bootp-dhcp-parameters).</summary>
internal static class DhcpOption
{
    public const byte SubnetMask = 1;
    public const byte Routers = 3;
    public const byte DnsServers = 6;
    public const byte HostName = 12;
    public const byte RequestedAddress = 50;
    public const byte LeaseTime = 51;
    public const byte MessageType = 53;
    public const byte ParameterList = 55;
    public const byte RenewalTime = 58;
    public const byte RebindingTime = 59;
    public const byte VendorClass = 60;
    public const byte ClientId = 61;
}
