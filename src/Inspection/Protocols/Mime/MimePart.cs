using System.Text;

namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>How the body of a part is written (RFC 2045, section 6).</summary>
internal enum TransferEncoding : byte
{
    /// <summary>7bit, 8bit, binary and what nobody knows: as it is.</summary>
    Identity,
    Base64,
    QuotedPrintable,
}

/// <summary>What the header of a part says about its body (RFC 2045; RFC 2183).</summary>
internal sealed class MimePart
{
    private const int MaxName = 1024;

    /// <summary>RFC 2046, 5.1.1: 70 characters; a longer one is taken for what its start is.</summary>
    public const int MaxBoundary = 128;

    /// <summary>What separates the parts of a multipart body; empty for any other.</summary>
    public KeptField Boundary { get; } = new(MaxBoundary);

    public KeptField Name { get; } = new(MaxName);

    public TransferEncoding Encoding { get; private set; }

    /// <summary>The body is a message with a header of its own.</summary>
    public bool IsMessage { get; private set; }

    /// <summary>The body is a file: it has a name, or is said to be attached.</summary>
    public bool IsFile { get; private set; }

    public void Clear()
    {
        Boundary.Clear();
        Name.Clear();
        Encoding = TransferEncoding.Identity;
        IsMessage = IsFile = false;
    }

    public void ReadContentType(ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[MaxName];
        var type = MainValue(value);
        IsMessage = Ascii.EqualsIgnoreCase(type, "message/rfc822"u8) || Ascii.EqualsIgnoreCase(type, "message/global"u8);
        if (type.Length > 10 && Ascii.EqualsIgnoreCase(type[..10], "multipart/"u8))
        {
            if (MimeParameter.TryFind(value, "boundary"u8, text, out var boundary))
            {
                Boundary.Set(text[..boundary].TrimEnd((byte)' '));
            }
        }
        else if (Name.Length == 0 && MimeParameter.TryFind(value, "name"u8, text, out var length) && length > 0)
        {
            Name.Set(text[..length]);
            IsFile = true;
        }
    }

    public void ReadContentDisposition(ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[MaxName];
        if (MimeParameter.TryFind(value, "filename"u8, text, out var length) && length > 0)
        {
            Name.Set(text[..length]);
            IsFile = true;
        }

        IsFile |= Ascii.EqualsIgnoreCase(MainValue(value), "attachment"u8);
    }

    public void ReadTransferEncoding(ReadOnlySpan<byte> value)
    {
        value = MainValue(value);
        Encoding = Ascii.EqualsIgnoreCase(value, "base64"u8) ? TransferEncoding.Base64
            : Ascii.EqualsIgnoreCase(value, "quoted-printable"u8) ? TransferEncoding.QuotedPrintable
            : TransferEncoding.Identity;
    }

    private static ReadOnlySpan<byte> MainValue(ReadOnlySpan<byte> value)
    {
        var end = value.IndexOf((byte)';');
        return (end < 0 ? value : value[..end]).Trim(" \t\r\n"u8);
    }
}
