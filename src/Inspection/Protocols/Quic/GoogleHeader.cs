using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>
/// The header of Google's versions up to Q043, as long as it names the version:
/// <c>| flags 1 | connection id 8 | version 4 | packet number 1..6 |</c>.
/// </summary>
internal static class GoogleHeader
{
    private const int VersionOffset = 9;
    private const int HasVersion = 0x01;
    private const int IsReset = 0x02;
    private const int HasConnectionId = 0x08;
    private const int NeverSet = 0xC0;

    public static bool TryReadVersion(ReadOnlySpan<byte> data, out uint version)
    {
        version = 0;
        if (data.Length <= VersionOffset + sizeof(uint)
            || (data[0] & (HasVersion | IsReset | HasConnectionId | NeverSet)) != (HasVersion | HasConnectionId))
        {
            return false;
        }

        version = BinaryPrimitives.ReadUInt32BigEndian(data[VersionOffset..]);
        return QuicVersion.DialectOf(version) == QuicDialect.GoogleOld;
    }
}
