namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>Encoded words in header texts (RFC 2047): <c>=?charset?B?…?=</c> and <c>=?charset?Q?…?=</c>.</summary>
internal static class EncodedWord
{
    /// <summary>RFC 2047, section 2 allows 75 characters; senders exceed it.</summary>
    private const int MaxWordLength = 1024;

    private const int MaxCharset = 64;

    /// <summary>Replaces encoded words by their text in UTF-8; everything else stays.</summary>
    /// <returns>Bytes written; what does not fit is left out.</returns>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        var isAfterWord = false;
        while (!text.IsEmpty)
        {
            var start = text.IndexOf("=?"u8);
            var plain = start < 0 ? text : text[..start];
            if (start >= 0 && TryTake(text[start..], destination[written..], out var length, out var decoded))
            {
                // Section 6.2: white space between two words is not shown. The word was written behind it and is moved up.
                if (!(isAfterWord && plain.Trim(" \t\r\n"u8).IsEmpty))
                {
                    written += Insert(plain, destination[written..], decoded);
                }

                written += Math.Min(decoded, destination.Length - written);
                text = text[(start + length)..];
                isAfterWord = true;
                continue;
            }

            plain = start < 0 ? text : text[..(start + 2)];
            plain = plain[..Math.Min(plain.Length, destination.Length - written)];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            text = text[(start < 0 ? text.Length : start + 2)..];
            isAfterWord = false;
        }

        return written;
    }

    /// <summary>Puts a text before what is written already.</summary>
    private static int Insert(ReadOnlySpan<byte> text, Span<byte> destination, int written)
    {
        var length = Math.Min(text.Length, destination.Length);
        var kept = Math.Min(written, destination.Length - length);
        destination[..kept].CopyTo(destination[length..]);
        text[..length].CopyTo(destination);
        return length;
    }

    private static bool TryTake(ReadOnlySpan<byte> text, Span<byte> destination, out int length, out int written)
    {
        length = written = 0;
        var rest = text[2..Math.Min(text.Length, MaxWordLength + MaxCharset)];
        var charsetEnd = rest.IndexOf((byte)'?');
        if (charsetEnd <= 0 || rest.Length < charsetEnd + 4 || rest[charsetEnd + 2] != '?')
        {
            return false;
        }

        // RFC 2231, section 5: a language may stand behind the character set.
        var charset = rest[..charsetEnd];
        var star = charset.IndexOf((byte)'*');
        charset = star < 0 ? charset : charset[..star];
        var encoding = rest[charsetEnd + 1] | 0x20;
        var body = rest[(charsetEnd + 3)..];
        var bodyEnd = body.IndexOf("?="u8);
        if (bodyEnd < 0 || encoding is not ('b' or 'q'))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxWordLength + MaxCharset + 4];
        body = body[..bodyEnd];
        var count = encoding == 'b' ? DecodeBase64(body, bytes) : DecodeQ(body, bytes);
        written = Charset.ToUtf8(charset, bytes[..count], destination);
        length = 2 + charsetEnd + 3 + bodyEnd + 2;
        return true;
    }

    private static int DecodeBase64(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var decoder = default(Base64Decoder);
        var written = decoder.Decode(text, destination);
        return written + decoder.End(destination[written..]);
    }

    /// <summary>Section 4.2: as quoted-printable, with "_" for a space.</summary>
    private static int DecodeQ(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var decoder = default(QuotedPrintableDecoder);
        var written = decoder.Decode(text, isEnd: true, destination, out _);
        destination[..written].Replace((byte)'_', (byte)' ');
        return written;
    }
}
