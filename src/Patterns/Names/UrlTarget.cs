using System.Text;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Names;

/// <summary>
/// Brings paths and queries of feeds and of people into the form that lookups get from the line: what browsers encode is
/// encoded (UTF-8, percent signs), then everything is spelt as <see cref="HttpTargets.Normalize"/> spells it.
/// </summary>
public static class UrlTarget
{
    private const int MaxBytes = 8192;

    /// <summary>Normalises a target that starts with a slash; a slash at its end goes.</summary>
    /// <returns>False where it is too long.</returns>
    public static bool TryNormalise(ReadOnlySpan<char> target, out string normal)
    {
        normal = "";
        var encoded = Encode(target);
        if (encoded.Length > MaxBytes)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxBytes];
        var length = HttpTargets.Normalize(Encoding.ASCII.GetBytes(encoded), bytes);
        normal = Encoding.ASCII.GetString(bytes[..length]).TrimEnd('/');
        return true;
    }

    private static string Encode(ReadOnlySpan<char> target)
    {
        if (Ascii.IsValid(target))
        {
            return target.ToString();
        }

        var encoded = new StringBuilder(target.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in target.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            var length = rune.EncodeToUtf8(utf8);
            foreach (var one in utf8[..length])
            {
                encoded.Append('%').Append(one.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
