using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Ber;

namespace MediaSecurityLite.Inspection.Protocols.Kerberos;

/// <summary>Recognises Kerberos: a message tag, a sequence, and protocol version 5 with the type that the tag says.</summary>
internal static class KerberosProbe
{
    /// <summary>RFC 4120, 7.2.2: the highest bit of the length before each message is reserved.</summary>
    public const int LengthPrefix = 4;

    /// <summary>Tickets with authorisation data of large accounts stay below this.</summary>
    public const int MaxMessageLength = 128 << 10;

    public static bool IsMessageTag(byte tag) => tag is >= 0x6A and <= 0x6F or >= 0x74 and <= 0x76 or 0x7E;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) => Message(data) == Probe.Yes;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length <= LengthPrefix)
        {
            return Probe.NeedMore;
        }

        return BinaryPrimitives.ReadUInt32BigEndian(data) <= MaxMessageLength ? Message(data[LengthPrefix..]) : Probe.No;
    }

    private static Probe Message(ReadOnlySpan<byte> data)
    {
        if (!IsMessageTag(data[0]))
        {
            return Probe.No;
        }

        if (!BerReader.TryReadHeader(data, out var outer, out _))
        {
            return Probe.No;
        }

        if (outer == 0 || data.Length < outer + 2)
        {
            return Probe.NeedMore;
        }

        var rest = data[outer..];
        if (rest[0] != BerReader.Sequence || !BerReader.TryReadHeader(rest, out var inner, out _))
        {
            return Probe.No;
        }

        // [n] INTEGER 5, [n + 1] INTEGER type
        if (inner == 0 || rest.Length < inner + 10)
        {
            return Probe.NeedMore;
        }

        var version = new BerReader(rest.Slice(inner, 10));
        var isSound = version.TryRead(out var first, out var number)
            && first is 0xA0 or 0xA1
            && number is [BerReader.Integer, 1, 5]
            && version.TryRead(out var second, out var type)
            && second == first + 1
            && type.Length == 3
            && type[2] == (data[0] & 0x1F);
        return isSound ? Probe.Yes : Probe.No;
    }
}
