namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>A header line taken apart (RFC 9112, 5); valid as long as the bytes it was read from.</summary>
internal readonly ref struct HttpHeaderLine(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
{
    /// <summary>Folded values are rare; a longer one is cut.</summary>
    private const int MaxFolded = 4096;

    public ReadOnlySpan<byte> Name { get; } = name;

    public ReadOnlySpan<byte> Value { get; } = value;

    public bool Is(ReadOnlySpan<byte> name) => System.Text.Ascii.EqualsIgnoreCase(Name, name);

    /// <summary>Reads the first header of a line and its continuations.</summary>
    /// <remarks><paramref name="line"/>: Moves behind what was read: in a response a continuation with a colon is a header of its own, as browsers have it. <paramref name="scratch"/>: Where a continued value is put together; made when first needed.</remarks>
    /// <returns>False if nothing is left.</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> line, bool isResponse, ref byte[] scratch, out HttpHeaderLine header)
    {
        header = default;
        while (!line.IsEmpty)
        {
            var length = EndOf(line, isResponse);
            var text = line[..length].Trim(" \t\r\n\0"u8);
            line = line[length..];
            var colon = text.IndexOf((byte)':');
            if (colon > 0)
            {
                header = new HttpHeaderLine(text[..colon].TrimEnd(" \t\r\n\0"u8), Unfold(text[(colon + 1)..].TrimStart(" \t\r\n\0"u8), ref scratch));
                return true;
            }
        }

        return false;
    }

    private static int EndOf(ReadOnlySpan<byte> line, bool isResponse)
    {
        var isNamed = false;
        var start = 0;
        while (true)
        {
            var end = line[start..].IndexOf((byte)'\n');
            var length = end < 0 ? line.Length : start + end + 1;
            var hasColon = line[start..length].Contains((byte)':');
            if (isResponse && isNamed && hasColon)
            {
                return start;
            }

            isNamed |= hasColon;
            if (length == line.Length)
            {
                return length;
            }

            start = length;
        }
    }

    /// <summary>RFC 9112, 5.2: a fold stands for space.</summary>
    private static ReadOnlySpan<byte> Unfold(ReadOnlySpan<byte> value, ref byte[] scratch)
    {
        if (!value.Contains((byte)'\n'))
        {
            return value;
        }

        scratch = scratch.Length == 0 ? new byte[MaxFolded] : scratch;
        var length = 0;
        foreach (var c in value[..Math.Min(value.Length, scratch.Length)])
        {
            if (c is not ((byte)'\r' or (byte)'\n'))
            {
                scratch[length++] = c;
            }
        }

        return scratch.AsSpan(0, length);
    }
}
