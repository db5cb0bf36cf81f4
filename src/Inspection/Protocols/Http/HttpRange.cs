using System.Buffers.Text;

namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>Which part of a whole a response carries (RFC 9110, 14.4): <c>bytes 0-499/1234</c>. Numbers that are not said are -1.</summary>
internal readonly record struct HttpRange(long First, long Last, long Size)
{
    public static HttpRange Parse(ReadOnlySpan<byte> header)
    {
        var range = header[(header.IndexOf((byte)' ') + 1)..].TrimStart((byte)' ');
        var slash = range.IndexOf((byte)'/');
        var size = slash >= 0 && Utf8Parser.TryParse(range[(slash + 1)..], out long total, out _) ? total : -1;
        var dash = range.IndexOf((byte)'-');
        var hasLast = Utf8Parser.TryParse(range[(dash + 1)..], out long last, out _);
        var isKnown = Utf8Parser.TryParse(range, out long first, out var used) && used == dash && hasLast && first <= last;
        return isKnown ? new HttpRange(first, last, size) : new HttpRange(-1, -1, size);
    }
}
