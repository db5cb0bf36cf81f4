using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises calls of ONC RPC to the programs of network file systems: port mapper, mount, NFS, locks (RFC 5531, section 9;
/// program numbers: IANA rpc-program-numbers). Over TCP a record mark stands before (section 11).
/// <code>
/// call:  | xid 4 | 0 | version 4 (2) | program 4 | its version 4 | procedure 4 | credentials: flavour 4, length 4 …
/// reply: | xid 4 | 1 | accepted 4 (0) | verifier: flavour 4, length 4 … | status 4
/// </code>
/// </summary>
internal static class SunRpcProbe
{
    private const int CallLength = 32;
    private const int ReplyLength = 24;
    private const ushort PortMapper = 111;
    private const ushort FileServer = 2049;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) => IsCall(data) || IsReply(data, flow);

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        const uint LastFragment = 0x8000_0000;
        const uint MaxFragment = 4 << 20;
        if (data[0] != 0x80)
        {
            return Probe.No;
        }

        if (data.Length < 4 + ReplyLength)
        {
            return Probe.NeedMore;
        }

        if ((BinaryPrimitives.ReadUInt32BigEndian(data) & ~LastFragment) is < ReplyLength or > MaxFragment)
        {
            return Probe.No;
        }

        var kind = BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
        if (kind == 0 && data.Length < 4 + CallLength)
        {
            return Probe.NeedMore;
        }

        return IsCall(data[4..]) || IsReply(data[4..], flow) ? Probe.Yes : Probe.No;
    }

    private static bool IsCall(ReadOnlySpan<byte> data) =>
        data.Length >= CallLength
        && BinaryPrimitives.ReadUInt32BigEndian(data[4..]) == 0
        && BinaryPrimitives.ReadUInt32BigEndian(data[8..]) == 2
        && BinaryPrimitives.ReadUInt32BigEndian(data[12..]) is >= 100000 and <= 100300
        && BinaryPrimitives.ReadUInt32BigEndian(data[16..]) <= 8
        && BinaryPrimitives.ReadUInt32BigEndian(data[20..]) < 64
        && BinaryPrimitives.ReadUInt32BigEndian(data[24..]) <= 6;

    /// <summary>A reply names no program: the port must.</summary>
    private static bool IsReply(ReadOnlySpan<byte> data, Flow flow) =>
        data.Length >= ReplyLength
        && (flow.HasPort(PortMapper) || flow.HasPort(FileServer))
        && BinaryPrimitives.ReadUInt32BigEndian(data[4..]) == 1
        && BinaryPrimitives.ReadUInt32BigEndian(data[8..]) <= 1
        && BinaryPrimitives.ReadUInt32BigEndian(data[12..]) <= 6;
}
