using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Dhcp;

/// <summary>
/// A DHCP message for IPv6 (RFC 8415, sections 8 and 9), as the client or server wrote it: what relays put round it is taken off.
/// <code>
/// | msg-type 1 | transaction-id 3 | options: code 2, length 2, value …
/// relays: | msg-type 1 | hop-count 1 | link-address 16 | peer-address 16 | options …
/// </code>
/// </summary>
internal readonly ref struct DhcpV6Message
{
    public const ushort ClientPort = 546;
    public const ushort ServerPort = 547;

    private const int HeaderLength = 4;
    private const int RelayHeaderLength = 34;
    private const byte RelayForward = 12;
    private const byte RelayReply = 13;

    /// <summary>RFC 8415, 7.6: HOP_COUNT_LIMIT.</summary>
    private const int MaxRelays = 8;

    private readonly ReadOnlySpan<byte> _options;

    private DhcpV6Message(ReadOnlySpan<byte> bytes)
    {
        Type = bytes[0];
        TransactionId = (int)(BinaryPrimitives.ReadUInt32BigEndian(bytes) & 0xFF_FFFF);
        _options = bytes[HeaderLength..];
    }

    /// <summary>RFC 8415, 7.3: 1 solicit … 11 information-request.</summary>
    public byte Type { get; }

    public int TransactionId { get; }

    /// <returns>False for what cannot be a message: the options must fill it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out DhcpV6Message message)
    {
        message = default;
        for (var relays = 0; relays <= MaxRelays; relays++)
        {
            if (data.Length < HeaderLength)
            {
                return false;
            }

            if (data[0] is RelayForward or RelayReply)
            {
                const ushort RelayMessage = 9;
                data = data.Length < RelayHeaderLength ? default : Find(data[RelayHeaderLength..], RelayMessage);
                continue;
            }

            message = new DhcpV6Message(data);
            return data[0] is >= 1 and <= 11 && IsSound(data[HeaderLength..]);
        }

        return false;
    }

    /// <summary>The value of an option; empty where it is absent.</summary>
    public ReadOnlySpan<byte> Option(ushort code) => Find(_options, code);

    private static bool IsSound(ReadOnlySpan<byte> options)
    {
        while (options.Length >= 4)
        {
            var length = 4 + BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            if (length > options.Length)
            {
                return false;
            }

            options = options[length..];
        }

        return options.IsEmpty;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> options, ushort code)
    {
        while (options.Length >= 4)
        {
            var length = 4 + BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            if (length > options.Length)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt16BigEndian(options) == code)
            {
                return options[4..length];
            }

            options = options[length..];
        }

        return default;
    }
}

/// <summary>The options the engine reads (IANA dhcpv6-parameters).</summary>
internal static class DhcpV6Option
{
    public const ushort ClientId = 1;
    public const ushort IdentityAssociation = 3;
    public const ushort OptionRequest = 6;
    public const ushort VendorClass = 16;
    public const ushort ClientFqdn = 39;
    public const ushort Address = 5;
}
