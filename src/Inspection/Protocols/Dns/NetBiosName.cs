namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>
/// NetBIOS names as they travel in NBNS messages (RFC 1001, 14.1): each of the 16 bytes as two letters from A to P, a half byte
/// each. The last byte tells what the name stands for, spaces fill up before it.
/// </summary>
internal static class NetBiosName
{
    /// <summary>Longest name, without what it stands for.</summary>
    public const int MaxLength = 15;

    private const int EncodedLength = 32;

    /// <summary>Decodes the first label of a name.</summary>
    /// <returns>Bytes written; 0 if it is no such name.</returns>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> name, out byte suffix)
    {
        suffix = 0;
        if (encoded.Length < EncodedLength
            || (encoded.Length > EncodedLength && encoded[EncodedLength] != '.')
            || encoded[..EncodedLength].IndexOfAnyExceptInRange((byte)'A', (byte)'P') >= 0)
        {
            return 0;
        }

        for (var i = 0; i < MaxLength; i++)
        {
            name[i] = Byte(encoded[(i * 2)..]);
        }

        suffix = Byte(encoded[(MaxLength * 2)..]);
        return name[..MaxLength].TrimEnd(" \0"u8).Length;
    }

    private static byte Byte(ReadOnlySpan<byte> letters) => (byte)(((letters[0] - 'A') << 4) | (letters[1] - 'A'));
}
