namespace MediaSecurityLite.Inspection.Files;

/// <summary>What a file is by its first bytes: the formats that matter on a small office's line.</summary>
internal static class FileMagic
{
    private const int TarOffset = 257;

    /// <summary>Empty for an unknown format.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> head)
    {
        if (head.Length < 2)
        {
            return default;
        }

        var name = head[0] switch
        {
            (byte)'M' when head.StartsWith("MZ"u8) => Executable(head),
            (byte)'M' when head.StartsWith("MSCF"u8) => "Microsoft Cabinet archive"u8,
            0x7F when head.StartsWith("\u007fELF"u8) => "ELF"u8,
            (byte)'P' when head.StartsWith("PK\u0003\u0004"u8) => Zip(head),
            (byte)'P' when head.StartsWith("PK\u0005\u0006"u8) => "Zip archive"u8,
            (byte)'%' when head.StartsWith("%PDF-"u8) => "PDF document"u8,
            (byte)'%' when head.StartsWith("%!PS"u8) => "PostScript document"u8,
            0xD0 when Is(head, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) => "OLE 2 compound document"u8,
            (byte)'{' when head.StartsWith("{\\rtf"u8) => "Rich Text Format"u8,
            (byte)'#' when head.StartsWith("#!"u8) => "script"u8,
            0xCA when Is(head, [0xCA, 0xFE, 0xBA, 0xBE]) => "Java class or Mach-O"u8,
            0xCE or 0xCF when Is(head[1..], [0xFA, 0xED, 0xFE]) => "Mach-O"u8,
            (byte)'d' when head.StartsWith("dex\n"u8) => "Dalvik executable"u8,
            (byte)'L' when Is(head, [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0]) => "Windows shortcut"u8,
            (byte)'I' when head.StartsWith("ITSF"u8) => "Windows help"u8,
            _ => Media(head),
        };
        return name.IsEmpty ? Rest(head) : name;
    }

    private static ReadOnlySpan<byte> Media(ReadOnlySpan<byte> head) => head[0] switch
    {
        0xFF when Is(head, [0xFF, 0xD8, 0xFF]) => "JPEG image"u8,
        0x89 when Is(head, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) => "PNG image"u8,
        (byte)'G' when head.StartsWith("GIF8"u8) => "GIF image"u8,
        (byte)'B' when head.StartsWith("BM"u8) && head.Length > 14 && Is(head[6..], [0, 0, 0, 0]) => "BMP image"u8,
        (byte)'I' when Is(head, [0x49, 0x49, 0x2A, 0]) => "TIFF image"u8,
        (byte)'I' when head.StartsWith("ID3"u8) => "MP3 audio"u8,
        (byte)'M' when Is(head, [0x4D, 0x4D, 0, 0x2A]) => "TIFF image"u8,
        0 when Is(head, [0, 0, 1, 0]) => "Windows icon"u8,
        (byte)'R' when head.StartsWith("RIFF"u8) => Riff(head),
        (byte)'O' when head.StartsWith("OggS"u8) => "Ogg media"u8,
        0x1A when Is(head, [0x1A, 0x45, 0xDF, 0xA3]) => "Matroska media"u8,
        (byte)'F' when head.StartsWith("FLV\u0001"u8) => "Flash video"u8,
        (byte)'F' or (byte)'C' or (byte)'Z' when head[1..].StartsWith("WS"u8) => "Flash movie"u8,
        (byte)'w' when head.StartsWith("wOFF"u8) || head.StartsWith("wOF2"u8) => "web font"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> head)
    {
        if (Is(head, [0x1F, 0x8B]))
        {
            return "gzip archive"u8;
        }

        if (head.StartsWith("BZh"u8))
        {
            return "bzip2 archive"u8;
        }

        if (Is(head, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]))
        {
            return "XZ archive"u8;
        }

        if (Is(head, [0x28, 0xB5, 0x2F, 0xFD]))
        {
            return "Zstandard archive"u8;
        }

        if (Is(head, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]))
        {
            return "7-zip archive"u8;
        }

        if (head.StartsWith("Rar!\u001a\u0007"u8))
        {
            return "RAR archive"u8;
        }

        if (head.Length > TarOffset + 5 && head[TarOffset..].StartsWith("ustar"u8))
        {
            return "tar archive"u8;
        }

        if (head.Length > 8 && head[4..].StartsWith("ftyp"u8))
        {
            return "ISO media"u8;
        }

        return Markup(head);
    }

    private static ReadOnlySpan<byte> Markup(ReadOnlySpan<byte> head)
    {
        var text = head.StartsWith("\ufeff"u8) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        if (text.StartsWith("<?xml"u8))
        {
            return "XML document"u8;
        }

        return StartsWith(text, "<!doctype html"u8) || StartsWith(text, "<html"u8) ? "HTML document"u8 : default;
    }

    /// <summary>The MZ header points to the newer header that tells what it really is (at 0x3C, little-endian).</summary>
    private static ReadOnlySpan<byte> Executable(ReadOnlySpan<byte> head)
    {
        const int Pointer = 0x3C;
        if (head.Length < Pointer + 4)
        {
            return "MS-DOS executable"u8;
        }

        var offset = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head[Pointer..]);
        if (offset > head.Length - 24)
        {
            return "MS-DOS executable"u8;
        }

        var header = head[(int)offset..];
        const int Characteristics = 22;
        const byte IsLibrary = 0x20;
        return !header.StartsWith("PE\0\0"u8) ? "MS-DOS executable"u8
            : (header[Characteristics + 1] & IsLibrary) != 0 ? "PE executable (DLL)"u8 : "PE executable"u8;
    }

    /// <summary>Office documents, Java archives and Android packages are Zip archives that begin with a known entry.</summary>
    private static ReadOnlySpan<byte> Zip(ReadOnlySpan<byte> head)
    {
        const int NameOffset = 30;
        var name = head.Length > NameOffset ? head[NameOffset..] : default;
        if (name.StartsWith("[Content_Types].xml"u8) || name.StartsWith("_rels/"u8))
        {
            return "Microsoft OOXML document"u8;
        }

        if (name.StartsWith("META-INF/"u8))
        {
            return "Java archive"u8;
        }

        if (name.StartsWith("AndroidManifest.xml"u8))
        {
            return "Android package"u8;
        }

        return name.StartsWith("mimetypeapplication/vnd.oasis"u8) ? "OpenDocument"u8 : "Zip archive"u8;
    }

    private static ReadOnlySpan<byte> Riff(ReadOnlySpan<byte> head)
    {
        var form = head.Length >= 12 ? head[8..12] : default;
        return form.SequenceEqual("WEBP"u8) ? "WebP image"u8
            : form.SequenceEqual("WAVE"u8) ? "WAV audio"u8
            : form.SequenceEqual("AVI "u8) ? "AVI video"u8 : default;
    }

    private static bool Is(ReadOnlySpan<byte> head, ReadOnlySpan<byte> magic) => head.StartsWith(magic);

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        text.Length >= prefix.Length && System.Text.Ascii.EqualsIgnoreCase(text[..prefix.Length], prefix);
}
