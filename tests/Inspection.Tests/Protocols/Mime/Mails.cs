using System.Security.Cryptography;
using System.Text;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Mime;

/// <summary>Mails as they are written, for the protocols that carry them.</summary>
internal static class Mails
{
    /// <summary>Bytes that no text encoding leaves alone.</summary>
    public static byte[] Payload { get; } = [.. Enumerable.Range(0, 700).Select(i => (byte)(i * 7))];

    public static string PayloadHash => Hash(Payload);

    /// <summary>A text, and within another part the payload in base64.</summary>
    public static string WithAttachment { get; } =
        "From: Alice <alice@example.org>\r\nTo: bob@example.org,\r\n \"Carol, C.\" <carol@example.org>\r\n"
        + "Subject: =?utf-8?Q?caf=C3=A9?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"outer=_1\"\r\n\r\n"
        + "preamble\r\n--outer=_1\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n"
        + "--inner\r\nContent-Type: text/plain\r\n\r\n.hidden dot\r\n--inner--\r\n\r\n"
        + "--outer=_1\r\nContent-Type: application/octet-stream; name=\"other.bin\"\r\nContent-Transfer-Encoding: BASE64\r\n"
        + "Content-Disposition: attachment; filename=\"payload.bin\"\r\n\r\n"
        + Base64(Payload) + "\r\n--outer=_1--\r\nepilogue\r\n";

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Hash(string text) => Hash(Encoding.Latin1.GetBytes(text));

    /// <summary>Lines of 76 characters (RFC 2045, 6.8).</summary>
    public static string Base64(byte[] bytes) =>
        string.Join("\r\n", Convert.ToBase64String(bytes).Chunk(76).Select(line => new string(line)));

    /// <summary>Doubles the dots at the start of lines and adds the end (RFC 5321, 4.5.2).</summary>
    public static string Stuffed(string text) =>
        (text.StartsWith('.') ? "." + text : text).Replace("\n.", "\n..", StringComparison.Ordinal) + ".\r\n";
}
