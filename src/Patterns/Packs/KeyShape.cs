using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>
/// How names, addresses and URLs are written as keys so that whatever holds an entry is a prefix of it, and where those
/// prefixes end:
/// <code>
/// www.example.com             moc.elpmaxe.www         moc | moc.elpmaxe | moc.elpmaxe.www
/// 192.0.2.1:443               16 bytes, 2 bytes       address | address and port
/// example.com/a/b?x=1&amp;y=2   example.com/a/b?x=1&amp;y=2   before each / ? &amp;, behind each =, at the end
/// ja3:…, ja4:…, cert:…        1 byte of kind, value       the whole
/// md5:…, sha1:…, sha256:…     the digest                  the whole
/// </code>
/// Build and lookup share this code, so they cannot disagree.
/// </summary>
internal static class KeyShape
{
    /// <summary>The longest name of DNS (RFC 1035, 2.3.4).</summary>
    public const int MaxName = 253;

    /// <summary>The longest key of a URL; a longer entry is refused when the pack is built.</summary>
    public const int MaxUrl = 1024;

    /// <summary>The most prefixes of one key; an entry with more labels or path segments is refused when the pack is built.</summary>
    public const int MaxDepth = 32;

    public const int AddressBytes = 16;
    public const int EndpointBytes = 18;

    /// <summary>Bytes of the longest fingerprint or digest: a JA4.</summary>
    public const int MaxFingerprint = 36;

    /// <summary>Writes a name from its end, and where its labels end. Only the last <paramref name="maxDepth"/> labels are written.</summary>
    /// <returns>The number of prefixes; the last end is the key's length.</returns>
    [SkipLocalsInit]
    public static int WriteName(ReadOnlySpan<byte> name, int maxDepth, Span<byte> key, Span<ushort> ends)
    {
        var depth = 0;
        var length = 0;
        for (var i = name.Length - 1; i >= 0; i--)
        {
            var value = name[i];
            if (value == (byte)'.')
            {
                ends[depth++] = (ushort)length;
                if (depth == maxDepth)
                {
                    return depth;
                }
            }

            key[length++] = value;
        }

        ends[depth++] = (ushort)length;
        return depth;
    }

    /// <summary>Writes an address and a port; 0 stands for an address alone.</summary>
    public static void WriteEndpoint(IpAddress address, ushort port, Span<byte> key)
    {
        BinaryPrimitives.WriteUInt64BigEndian(key, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(key[8..], address.Low);
        BinaryPrimitives.WriteUInt16BigEndian(key[16..], port);
    }

    /// <summary>Reads what <see cref="WriteEndpoint"/> wrote; of an address alone the port may be absent.</summary>
    public static (IpAddress Address, ushort Port) ReadEndpoint(ReadOnlySpan<byte> key) =>
        (IpAddress.FromV6(key), key.Length == AddressBytes ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(key[AddressBytes..]));

    /// <summary>Writes a fingerprint or digest that is written with its kind in front; says whether it is one.</summary>
    /// <returns>The key's length; 0 where the text is none.</returns>
    public static int WriteHash(ReadOnlySpan<char> text, Span<byte> key)
    {
        var colon = text.IndexOf(':');
        var value = text[(colon + 1)..];
        FingerprintKind? kind = (colon < 0 ? default : text[..colon]) switch
        {
            "ja3" => FingerprintKind.Ja3,
            "ja4" => FingerprintKind.Ja4,
            "cert" => FingerprintKind.Certificate,
            _ => null,
        };
        var start = kind is null ? 0 : 1;
        if (kind is { } one)
        {
            key[0] = (byte)one;
        }

        if (kind == FingerprintKind.Ja4)
        {
            return start + Encoding.ASCII.GetBytes(value, key[start..]);
        }

        return Convert.FromHexString(value, key[start..], out _, out var written) == OperationStatus.Done ? start + written : 0;
    }

    /// <summary>Finds where the prefixes of a URL's key end that are no longer than <paramref name="maxLength"/>.</summary>
    public static int UrlEnds(ReadOnlySpan<byte> key, int start, int maxLength, int maxDepth, Span<ushort> ends)
    {
        var depth = 0;
        var last = Math.Min(key.Length, maxLength);
        for (var end = start; end <= last && depth < maxDepth; end++)
        {
            if (end == key.Length || key[end] is (byte)'/' or (byte)'?' or (byte)'&' || (end > start && key[end - 1] == (byte)'='))
            {
                ends[depth++] = (ushort)end;
            }
        }

        return depth;
    }

    /// <summary>A host's name without the <c>www.</c> that sites answer to as well; lists leave it out as often as not.</summary>
    public static ReadOnlySpan<byte> WithoutWww(ReadOnlySpan<byte> host) =>
        host.Length > 4 && host.StartsWith("www."u8) ? host[4..] : host;
}
