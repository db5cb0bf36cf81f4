using System.Buffers.Binary;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>The Internet checksum (RFC 1071).</summary>
internal static class Checksum
{
    /// <summary>Adds bytes to a sum that is not folded yet; only the last piece of a sum may have an odd length.</summary>
    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 2; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        return bytes.IsEmpty ? sum : sum + (uint)(bytes[0] << 8);
    }

    /// <summary>The checksum that belongs into the header.</summary>
    public static ushort Fold(uint sum)
    {
        sum = (sum >> 16) + (sum & 0xFFFF);
        sum += sum >> 16;
        return (ushort)~sum;
    }
}
