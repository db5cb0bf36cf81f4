using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Ber;

namespace MediaSecurityLite.Inspection.Protocols.Ldap;

/// <summary>Recognises LDAP by a first message whose operation has the fields it must have.</summary>
internal static class LdapProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data[0] != BerReader.Sequence || !BerReader.TryReadHeader(data, out var header, out var length))
        {
            return Probe.No;
        }

        // Sequence, id of at most four bytes, operation with its length, and the first field: all within 32 bytes.
        const int Enough = 32;
        if (header == 0 || data.Length < Math.Min(header + length, Enough))
        {
            return Probe.NeedMore;
        }

        return IsSound(data[header..], length, direction) ? Probe.Yes : Probe.No;
    }

    /// <summary>Connectionless LDAP: the message must be whole.</summary>
    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        LdapMessage.TryRead(data, out _)
        && BerReader.TryReadHeader(data, out var header, out var length)
        && IsSound(data[header..], length, direction);

    private static bool IsSound(ReadOnlySpan<byte> content, int length, Direction direction)
    {
        var fields = new BerReader(content);
        if (!fields.TryReadInteger(out var id)
            || id < 0
            || !LdapOperation.IsKnown(fields.Tag)
            || !BerReader.TryReadHeader(fields.Rest, out var header, out var bodyLength)
            || header == 0
            || content.Length - fields.Rest.Length + header + bodyLength > length)
        {
            return false;
        }

        var body = new BerReader(fields.Rest[header..]);
        return fields.Tag switch
        {
            LdapOperation.BindRequest => body.TryReadInteger(out var version) && version is 2 or 3 && body.Tag == BerReader.OctetString,
            LdapOperation.SearchRequest => body.Tag == BerReader.OctetString,
            0x64 or 0x66 or 0x68 or 0x6C or 0x6E => body.Tag == BerReader.OctetString,
            0x61 or 0x65 or 0x67 or 0x69 or 0x6B or 0x6D or 0x6F or 0x78 => body.TryRead(BerReader.Enumerated, out var code) && code.Length == 1,
            LdapOperation.ExtendedRequest => body.Tag == 0x80,
            _ => direction == Direction.ToServer && bodyLength < 256,
        };
    }
}
