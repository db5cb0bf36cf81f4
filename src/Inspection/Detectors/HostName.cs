using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>Host names in the one form that lookups use: lower-case ASCII without port and trailing dot.</summary>
internal static class HostName
{
    /// <summary>RFC 1035, 2.3.4, without the length bytes.</summary>
    public const int MaxLength = 253;

    private static readonly IdnMapping Idn = new();

    /// <summary>Brings a name from the wire (server name, Host header, DNS question) into that form.</summary>
    /// <returns>Bytes written; 0 if it is empty or too long to be a name.</returns>
    public static int Normalize(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var name = raw.Trim(" \t"u8);
        if (!name.IsEmpty && name[0] == '[')
        {
            var close = name.IndexOf((byte)']');
            name = close < 0 ? default : name[1..close];
        }
        else if (name.IndexOf((byte)':') is var colon and >= 0 && name.LastIndexOf((byte)':') == colon)
        {
            name = name[..colon];
        }

        name = name.TrimEnd((byte)'.');
        if (name.Length is 0 or > MaxLength || name.Length > destination.Length)
        {
            return 0;
        }

        System.Text.Ascii.ToLower(name, destination, out var written);
        return written == name.Length ? written : 0;
    }

    /// <summary>Brings a name that a person wrote into that form (IDNA 2003/2008 as the framework does it).</summary>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? ascii)
    {
        ascii = null;
        try
        {
            var name = Idn.GetAscii(text).ToLowerInvariant();
            if (name.Length is 0 or > MaxLength || name.Split('.').Any(label => label.Length is 0 or > 63) || name.Any(c => !IsNameCharacter(c)))
            {
                return false;
            }

            ascii = name;
            return true;
        }
        catch (ArgumentException)
        {
            // The framework's only way to say that a name has no ASCII form.
            return false;
        }
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
