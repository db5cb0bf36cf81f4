using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Entries that are digests: of files, certificates and TLS clients. Written <c>sha256:…</c>, <c>ja3:…</c> and so on.</summary>
internal static class HashIndicator
{
    private const int Md5Digits = 32;
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    /// <summary>Of a JA4: <c>t13d1516h2_8daaf6152771_e5627efa2ab1</c>.</summary>
    private const int Ja4Length = 36;

    /// <summary>Reads a file's digest; its length says which one it is.</summary>
    public static DropReason? ParseFile(ReadOnlySpan<char> text, out Indicator indicator)
    {
        var algorithm = text.Length switch { Md5Digits => "md5:", Sha1Digits => "sha1:", Sha256Digits => "sha256:", _ => null };
        var isDigest = algorithm is not null && IsHex(text);
        indicator = isDigest ? new Indicator(IndicatorKind.File, algorithm + Lower(text), "", default, 0) : default;
        return isDigest ? null : DropReason.Malformed;
    }

    /// <summary>Reads a fingerprint of a kind.</summary>
    public static DropReason? ParseFingerprint(FingerprintKind kind, ReadOnlySpan<char> text, out Indicator indicator)
    {
        indicator = default;
        if (kind == FingerprintKind.Certificate && text.Length == Sha1Digits + ((Sha1Digits / 2) - 1))
        {
            // Tools write AB:CD:…
            text = text.ToString().Replace(":", "", StringComparison.Ordinal);
        }

        var (mark, isRight) = kind switch
        {
            FingerprintKind.Ja3 => ("ja3:", text.Length == Md5Digits && IsHex(text)),
            FingerprintKind.Ja4 => ("ja4:", IsJa4(text)),
            _ => ("cert:", text.Length == Sha1Digits && IsHex(text)),
        };
        if (!isRight)
        {
            return DropReason.Malformed;
        }

        indicator = new Indicator(IndicatorKind.Fingerprint, mark + Lower(text), "", default, 0);
        return null;
    }

    /// <summary>Reads a fingerprint whose form says what it is.</summary>
    public static DropReason? ParseFingerprint(ReadOnlySpan<char> text, out Indicator indicator)
    {
        foreach (var kind in Enum.GetValues<FingerprintKind>())
        {
            if (ParseFingerprint(kind, text, out indicator) is null)
            {
                return null;
            }
        }

        indicator = default;
        return DropReason.Malformed;
    }

    /// <summary>Reads what people write of a digest: with its kind in front, or without, and then whatever it can be.</summary>
    public static IReadOnlyList<Indicator> ParseAny(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = colon < 0 ? "" : text[..colon].ToLowerInvariant();
        var value = kind is "ja3" or "ja4" or "cert" or "md5" or "sha1" or "sha256" ? text[(colon + 1)..] : text;
        var found = new List<Indicator>();
        if (ParseFile(value, out var file) is null)
        {
            found.Add(file);
        }

        if (ParseFingerprint(value, out var fingerprint) is null)
        {
            found.Add(fingerprint);
        }

        return value.Length == text.Length ? found : [.. found.Where(one => one.Text.StartsWith($"{kind}:", StringComparison.Ordinal))];
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ten characters about the hello, then two truncated digests: FoxIO's JA4.</summary>
    private static bool IsJa4(ReadOnlySpan<char> text)
    {
        if (text.Length != Ja4Length || text[10] != '_' || text[23] != '_' || text[0] is not ('t' or 'q' or 'd')
            || !IsHex(text[11..23]) || !IsHex(text[24..]))
        {
            return false;
        }

        foreach (var c in text[..10])
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static string Lower(ReadOnlySpan<char> text) => text.ToString().ToLowerInvariant();
}
