using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Tls;

/// <summary>Makes TLS messages byte by byte.</summary>
internal static class TlsBytes
{
    public const ushort Tls12 = 0x0303;
    public const ushort Tls13 = 0x0304;

    private static readonly byte[] RetryRandom = SHA256.HashData("HelloRetryRequest"u8);

    /// <summary>A common browser's cipher suites, with a reserved value before them.</summary>
    public static readonly ushort[] BrowserCiphers =
    [
        0x1A1A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035,
    ];

    /// <summary>The same browser's extensions, in an order of its own.</summary>
    public static byte[] BrowserExtensions(string name) => Join(
        Extension(0x2A2A, []),
        Extension(0x002D, [1, 1]),
        ServerName(name),
        Extension(0x0033, new byte[40]),
        Extension(0x0012, []),
        Extension(0x000A, Vector16(Numbers(0x3A3A, 29, 23, 24))),
        Extension(0x4469, [0, 3, 2, (byte)'h', (byte)'2']),
        Extension(0x0023, []),
        Extension(0x0017, []),
        Extension(0x000D, Vector16(Numbers(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601))),
        Alpn("h2", "http/1.1"),
        Extension(0xFF01, [0]),
        Extension(0x000B, [1, 0]),
        Extension(0x002B, Vector8(Numbers(0x4A4A, Tls13, Tls12))),
        Extension(0x0005, [1, 0, 0, 0, 0]),
        Extension(0x001B, [2, 0, 2]),
        Extension(0x0015, new byte[20]));

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Numbers(params ushort[] numbers) => [.. numbers.SelectMany(number => new[] { (byte)(number >> 8), (byte)number })];

    public static byte[] Vector8(byte[] content) => [(byte)content.Length, .. content];

    public static byte[] Vector16(byte[] content) => [(byte)(content.Length >> 8), (byte)content.Length, .. content];

    public static byte[] Vector24(byte[] content) => [(byte)(content.Length >> 16), .. Vector16(content)];

    public static byte[] Extension(ushort type, byte[] body) => [(byte)(type >> 8), (byte)type, .. Vector16(body)];

    public static byte[] ServerName(string name) => Extension(0, Vector16([0, .. Vector16(Encoding.ASCII.GetBytes(name))]));

    public static byte[] Alpn(params string[] names) => Extension(16, Vector16(Join([.. names.Select(name => Vector8(Encoding.Latin1.GetBytes(name)))])));

    public static byte[] Message(byte type, byte[] body) => [type, .. Vector24(body)];

    public static byte[] ClientHello(byte[] extensions, ushort[]? ciphers = null, ushort version = Tls12) => Message(1, Join(
        Numbers(version), new byte[32], Vector8(new byte[32]), Vector16(Numbers(ciphers ?? BrowserCiphers)), Vector8([0]), Vector16(extensions)));

    public static byte[] BrowserHello(string name = "www.example.test") => ClientHello(BrowserExtensions(name));

    public static byte[] ServerHello(ushort cipher, params byte[][] extensions) => ServerHello(new byte[32], Tls12, cipher, extensions);

    public static byte[] ServerHello13() => ServerHello(0x1301, Extension(43, Numbers(Tls13)), Extension(51, new byte[36]));

    public static byte[] RetryRequest() => ServerHello(RetryRandom, Tls12, 0x1301, [Extension(43, Numbers(Tls13))]);

    public static byte[] Certificates(params byte[][] certificates) => Message(11, Vector24(Join([.. certificates.Select(Vector24)])));

    public static byte[] ServerHelloDone() => Message(14, []);

    public static byte[] Record(byte type, byte[] content) => [type, 3, 3, .. Vector16(content)];

    public static byte[] Handshake(byte[] content) => Record(22, content);

    /// <summary>The same in records of a few bytes each.</summary>
    public static byte[] Handshake(byte[] content, int recordLength) => Join([.. content.Chunk(recordLength).Select(piece => Handshake(piece))]);

    public static byte[] ChangeCipherSpec() => Record(20, [1]);

    public static byte[] Encrypted() => Record(23, new byte[64]);

    public static X509Certificate2 MakeCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(name, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateTimeOffset(2051, 6, 7, 8, 9, 10, TimeSpan.Zero));
    }

    /// <summary>A client's hello in the format of SSL 2.</summary>
    public static byte[] Ssl2ClientHello(ushort version)
    {
        byte[] body = [1, .. Numbers(version, 6, 0, 16), 0, 0, 0x2F, 0, 0, 0x35, .. new byte[16]];
        var header = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)(0x8000 | body.Length));
        return [.. header, .. body];
    }

    /// <summary>A server's hello in the format of SSL 2.</summary>
    public static byte[] Ssl2ServerHello(byte[] certificate)
    {
        byte[] body = [4, 0, 1, .. Numbers(2, (ushort)certificate.Length, 3, 16), .. certificate, 7, 0, 0xC0, .. new byte[16]];
        var header = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)(0x8000 | body.Length));
        return [.. header, .. body];
    }

    private static byte[] ServerHello(byte[] random, ushort version, ushort cipher, byte[][] extensions) => Message(2, Join(
        Numbers(version), random, Vector8(new byte[32]), Numbers(cipher), [0], Vector16(Join(extensions))));
}
