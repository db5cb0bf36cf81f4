using MediaSecurityLite.Inspection.Protocols.Http;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>Request targets in the one form that rules are matched against, so that no spelling of a URL evades them.</summary>
public static class HttpTargets
{
    /// <summary>RFC 9112, 3.2: origin form beside a Host header, absolute form (which wins over the header), authority form.</summary>
    internal static void Split(in HttpRequestHead request, out ReadOnlySpan<byte> host, out ReadOnlySpan<byte> target)
    {
        host = request.Host;
        target = request.Target;
        var scheme = target.IndexOf("://"u8);
        if (target.IsEmpty || target[0] == '/')
        {
            return;
        }

        if (scheme is > 0 and < 8)
        {
            var rest = target[(scheme + 3)..];
            var slash = rest.IndexOfAny((byte)'/', (byte)'?');
            host = slash < 0 ? rest : rest[..slash];
            target = slash < 0 ? "/"u8 : rest[slash..];
            var at = host.LastIndexOf((byte)'@');
            host = host[(at + 1)..];
        }
        else if (System.Text.Ascii.EqualsIgnoreCase(request.Method, "connect"u8))
        {
            host = target;
            target = default;
        }
    }

    /// <summary>
    /// Decodes what was percent-encoded without need (RFC 3986, 2.3 and 6.2.2.2), writes what must stay encoded in upper case
    /// (6.2.2.1), takes out <c>./</c>, <c>../</c> (6.2.2.3) and doubled slashes of the path, and cuts off a fragment.
    /// </summary>
    /// <returns>Bytes written.</returns>
    public static int Normalize(ReadOnlySpan<byte> target, Span<byte> destination)
    {
        var length = 0;
        var isQuery = false;
        for (var i = 0; i < target.Length && length < destination.Length; i++)
        {
            var c = target[i];
            if (c == '#')
            {
                break;
            }

            if (c == '%' && i + 2 < target.Length && TryDecode(target[i + 1], target[i + 2], out var decoded) && IsUnreserved(decoded))
            {
                c = decoded;
                i += 2;
            }
            else if (IsDigitOfEscape(target, i))
            {
                c = ToUpper(c);
            }

            isQuery |= c == '?';
            if (!isQuery && c == '/' && length > 0)
            {
                length = CloseSegment(destination[..length]);
                if (length > 0 && destination[length - 1] == '/')
                {
                    continue;
                }
            }

            destination[length++] = c;
        }

        return isQuery ? length : CloseSegment(destination[..length]);
    }

    /// <summary>Takes back a path's last segment if it is <c>.</c>, and the one before too if it is <c>..</c>.</summary>
    private static int CloseSegment(ReadOnlySpan<byte> path)
    {
        if (path.EndsWith("/."u8))
        {
            return path.Length - 1;
        }

        if (!path.EndsWith("/.."u8))
        {
            return path.Length;
        }

        var parent = path[..^3].LastIndexOf((byte)'/');
        return parent < 0 ? 1 : parent + 1;
    }

    private static bool TryDecode(byte high, byte low, out byte value)
    {
        value = 0;
        if (!char.IsAsciiHexDigit((char)high) || !char.IsAsciiHexDigit((char)low))
        {
            return false;
        }

        value = (byte)((Digit(high) << 4) | Digit(low));
        return true;
    }

    /// <summary>One of the two digits behind a percent sign.</summary>
    private static bool IsDigitOfEscape(ReadOnlySpan<byte> target, int i) =>
        (i > 0 && target[i - 1] == '%' && i + 1 < target.Length && TryDecode(target[i], target[i + 1], out _))
        || (i > 1 && target[i - 2] == '%' && TryDecode(target[i - 1], target[i], out _));

    private static byte ToUpper(byte c) => c is >= (byte)'a' and <= (byte)'f' ? (byte)(c - 0x20) : c;

    private static int Digit(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static bool IsUnreserved(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';
}
