using System.Collections.Frozen;
using System.Text;

namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>Turns text of the character sets that mail uses into UTF-8.</summary>
internal static class Charset
{
    /// <summary>Longer texts are cut; headers and file names are shorter.</summary>
    private const int MaxCharacters = 1024;

    private static readonly FrozenDictionary<string, Encoding> Encodings = Load();

    private static readonly FrozenDictionary<string, Encoding>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Encodings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Converts; text in an unknown character set stays as it is.</summary>
    /// <returns>Bytes written; what does not fit is left out.</returns>
    public static int ToUtf8(ReadOnlySpan<byte> charset, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        Span<char> name = stackalloc char[32];
        if (charset.Length > name.Length || !ByName.TryGetValue(name[..Encoding.ASCII.GetChars(charset, name)], out var encoding))
        {
            text = text[..Math.Min(text.Length, destination.Length)];
            text.CopyTo(destination);
            return text.Length;
        }

        Span<char> characters = stackalloc char[MaxCharacters];
        text = text[..Math.Min(text.Length, MaxCharacters / 2)];
        var count = encoding.GetChars(text, characters);
        Encoding.UTF8.TryGetBytes(characters[..Math.Min(count, destination.Length / 3)], destination, out var written);
        return written;
    }

    /// <summary>UTF-8 and ASCII need no conversion and are not here.</summary>
    private static FrozenDictionary<string, Encoding> Load()
    {
        string[] names =
        [
            "iso-2022-jp", "shift_jis", "euc-jp", "gb2312", "gbk", "gb18030", "big5", "euc-kr", "ks_c_5601-1987", "koi8-r", "koi8-u",
            "iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-9", "iso-8859-15", "windows-1250", "windows-1251", "windows-1252",
            "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258", "windows-31j", "cp932",
        ];
        var found = new Dictionary<string, Encoding>(StringComparer.OrdinalIgnoreCase) { ["iso-8859-1"] = Encoding.Latin1 };
        foreach (var name in names)
        {
            var known = name is "windows-31j" or "cp932" ? "shift_jis" : name;
            if (CodePagesEncodingProvider.Instance.GetEncoding(known) is { } encoding)
            {
                found[name] = encoding;
            }
        }

        return found.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
