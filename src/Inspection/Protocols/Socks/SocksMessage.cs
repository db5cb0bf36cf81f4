using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Protocols.Socks;

/// <summary>What a client asks a SOCKS server for.</summary>
internal readonly ref struct SocksTarget
{
    /// <summary>1 connect, 2 bind, 3 UDP associate.</summary>
    public byte Command { get; init; }

    /// <summary>The host's name; empty where an address is given.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    public IpAddress Address { get; init; }

    public ushort Port { get; init; }
}

/// <summary>Requests of both versions. Lengths of 0 mean "cut", negative ones "impossible".</summary>
internal static class SocksMessage
{
    /// <summary>The longest user id and host name taken in version 4, which states no limit.</summary>
    private const int MaxText = 255;

    /// <summary>
    /// Version 4 (and 4A: an address of 0.0.0.x, then a name): <c>| 4 | command | port 2 | address 4 | user … 0 | host … 0 |</c>.
    /// </summary>
    public static int ReadV4(ReadOnlySpan<byte> data, out SocksTarget target)
    {
        const int Fixed = 8;
        target = default;
        if (data[0] != 4 || (data.Length > 1 && data[1] is not (1 or 2)))
        {
            return -1;
        }

        if (data.Length <= Fixed)
        {
            return 0;
        }

        var length = Fixed;
        if (ReadText(data, ref length, out _) is var user and <= 0)
        {
            return user;
        }

        var address = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        ReadOnlySpan<byte> name = default;
        if (address is > 0 and < 256 && ReadText(data, ref length, out name) is var host and <= 0)
        {
            return host;
        }

        target = new SocksTarget { Command = data[1], Port = BinaryPrimitives.ReadUInt16BigEndian(data[2..]), Name = name, Address = IpAddress.FromV4(address) };
        return address == 0 ? -1 : length;
    }

    /// <summary>Version 5's greeting (RFC 1928, 3): <c>| 5 | count | methods |</c>.</summary>
    public static int ReadGreeting(ReadOnlySpan<byte> data)
    {
        // IANA socks-methods ends at 9; above 0x80 are private ones. Nobody offers many.
        const int MaxMethods = 10;
        if (data[0] != 5 || (data.Length > 1 && data[1] is 0 or > MaxMethods))
        {
            return -1;
        }

        if (data.Length < 2)
        {
            return 0;
        }

        var end = 2 + data[1];
        foreach (var method in data[2..Math.Min(end, data.Length)])
        {
            if (method is > 9 and < 0x80 or 0xFF)
            {
                return -1;
            }
        }

        return data.Length < end ? 0 : end;
    }

    /// <summary>
    /// Version 5's request and reply (RFC 1928, 4 and 6), of the same form:
    /// <c>| 5 | command or reply | 0 | type 1 | address 4, 16 or 1 + n | port 2 |</c>.
    /// </summary>
    public static int ReadV5(ReadOnlySpan<byte> data, out SocksTarget target)
    {
        target = default;
        if (data[0] != 5 || (data.Length > 2 && data[2] != 0))
        {
            return -1;
        }

        if (data.Length < 5)
        {
            return 0;
        }

        var addressLength = data[3] switch { 1 => 4, 3 => 1 + data[4], 4 => 16, _ => -1 };
        var length = 4 + addressLength + 2;
        if (addressLength < 0 || data.Length < length)
        {
            return addressLength < 0 ? -1 : 0;
        }

        var address = data.Slice(4, addressLength);
        target = new SocksTarget
        {
            Command = data[1],
            Name = data[3] == 3 ? address[1..] : default,
            Address = data[3] switch
            {
                1 => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(address)),
                4 => IpAddress.FromV6(address),
                _ => default,
            },
            Port = BinaryPrimitives.ReadUInt16BigEndian(data[(length - 2)..]),
        };
        return length;
    }

    private static int ReadText(ReadOnlySpan<byte> data, scoped ref int offset, out ReadOnlySpan<byte> text)
    {
        var rest = data[offset..];
        var end = rest.IndexOf((byte)0);
        text = end < 0 ? rest : rest[..end];
        if (text.Length > MaxText || text.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) >= 0)
        {
            return -1;
        }

        offset += text.Length + 1;
        return end < 0 ? 0 : 1;
    }
}
