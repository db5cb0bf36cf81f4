using System.Buffers;
using System.Globalization;
using System.Text;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Names;

/// <summary>Brings names of feeds and of people into the form that DNS, TLS and HTTP carry: lower case, A-labels, no dot at the end.</summary>
public static class DomainName
{
    private const int MaxLabel = 63;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly IdnMapping Idn = new();

    /// <summary>Normalises a name of one label or more. Addresses are no names.</summary>
    public static bool TryNormalise(ReadOnlySpan<char> text, out string name)
    {
        name = "";
        if (text.EndsWith("."))
        {
            text = text[..^1];
        }

        if (text.Length is 0 or > KeyShape.MaxName)
        {
            return false;
        }

        var lower = text.ContainsAnyExcept(Allowed) ? ToLowerAscii(text) : text.ToString();
        if (lower is null || lower.Length is 0 or > KeyShape.MaxName || lower.AsSpan().ContainsAnyExcept(Allowed) || !HasLabels(lower))
        {
            return false;
        }

        name = lower;
        return true;
    }

    /// <summary>The domains above a name, the nearest first.</summary>
    public static IEnumerable<string> Parents(string name)
    {
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            yield return name[(dot + 1)..];
        }
    }

    private static string? ToLowerAscii(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return null;
            }

            folded.Append(Fold(rune));
        }

        var lower = folded.ToString();
        if (Ascii.IsValid(lower))
        {
            return lower;
        }

        try
        {
            return Idn.GetAscii(lower);
        }
        catch (ArgumentException)
        {
            // Characters that no name can have.
            return null;
        }
    }

    /// <summary>Lower case, and what Japanese keyboards write for ASCII: full-width characters and the ideographic full stops.</summary>
    private static Rune Fold(Rune rune) => rune.Value switch
    {
        >= 0xff01 and <= 0xff5e => Rune.ToLowerInvariant(new Rune(rune.Value - 0xfee0)),
        0x3002 or 0xff61 => new Rune('.'),
        _ => Rune.ToLowerInvariant(rune),
    };

    /// <summary>Every label has 1 to 63 characters, and the last is no number (that would be an address, or a piece of one).</summary>
    private static bool HasLabels(string name)
    {
        var last = default(ReadOnlySpan<char>);
        foreach (var range in name.AsSpan().Split('.'))
        {
            last = name.AsSpan(range);
            if (last.Length is 0 or > MaxLabel)
            {
                return false;
            }
        }

        return last.ContainsAnyExceptInRange('0', '9');
    }
}
