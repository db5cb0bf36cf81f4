using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// JA4, the fingerprint of a TLS client: <c>t13d1516h2_8daaf6152771_e5627efa2ab1</c>. Carrier, version, whether a server is
/// named, how many cipher suites and extensions, first and last character of the first application protocol; then, of each
/// sorted list, the start of its SHA-256.
/// </summary>
internal static class Ja4
{
    public const int Length = 36;

    /// <summary>Carried by QUIC.</summary>
    public const byte Quic = (byte)'q';

    /// <summary>There are some 350 cipher suites in all; a longer list is no fingerprint of a program.</summary>
    private const int MaxEntries = 512;

    private const int HashLength = 12;

    /// <summary>Writes the fingerprint.</summary>
    /// <param name="hello">The client's hello.</param>
    /// <param name="carrier">What carries it: <c>t</c> TCP, <c>q</c> QUIC.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <returns>False if the hello has more entries than <see cref="MaxEntries"/>.</returns>
    public static bool TryWrite(in ClientHello hello, byte carrier, Span<byte> destination)
    {
        Span<ushort> ciphers = stackalloc ushort[MaxEntries];
        Span<ushort> extensions = stackalloc ushort[MaxEntries];
        if (!TryReadCiphers(hello, ciphers, out var cipherCount)
            || !TryReadExtensions(hello, extensions, out var extensionCount, out var hashedExtensions)
            || hello.Extensions.FindList16(TlsExtensions.SignatureAlgorithms).Length > MaxEntries * 2)
        {
            return false;
        }

        destination[0] = carrier;
        Version(hello).CopyTo(destination[1..]);
        destination[3] = hello.Extensions.Has(TlsExtensions.ServerName) ? (byte)'d' : (byte)'i';
        Count(cipherCount, destination[4..]);
        Count(extensionCount, destination[6..]);
        Protocol(hello, destination[8..]);
        destination[10] = destination[23] = (byte)'_';

        Span<byte> text = stackalloc byte[MaxEntries * 2 * 5];
        ciphers[..cipherCount].Sort();
        var length = List(ciphers[..cipherCount], text);
        Hash(text[..length], destination[11..]);

        extensions[..hashedExtensions].Sort();
        length = List(extensions[..hashedExtensions], text);
        length += SignatureAlgorithms(hello, text[length..]);
        Hash(text[..length], destination[24..]);
        return true;
    }

    private static bool TryReadCiphers(in ClientHello hello, Span<ushort> ciphers, out int count)
    {
        count = 0;
        for (var rest = hello.CipherSuites; rest.Length >= 2; rest = rest[2..])
        {
            var cipher = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (TlsExtensions.IsGrease(cipher))
            {
                continue;
            }

            if (count == ciphers.Length)
            {
                return false;
            }

            ciphers[count++] = cipher;
        }

        return true;
    }

    /// <summary>Server name and application protocols are counted but not hashed: they vary with the server.</summary>
    private static bool TryReadExtensions(in ClientHello hello, Span<ushort> extensions, out int count, out int hashed)
    {
        count = hashed = 0;
        foreach (var extension in hello.Extensions)
        {
            if (TlsExtensions.IsGrease(extension.Type))
            {
                continue;
            }

            if (hashed == extensions.Length)
            {
                return false;
            }

            count++;
            if (extension.Type is not (TlsExtensions.ServerName or TlsExtensions.Alpn))
            {
                extensions[hashed++] = extension.Type;
            }
        }

        return true;
    }

    /// <summary>The highest version offered; numbers that makers of software gave themselves do not count.</summary>
    private static ReadOnlySpan<byte> Version(in ClientHello hello)
    {
        var offered = hello.Extensions.FindList8(TlsExtensions.SupportedVersions);
        if (offered.Length < 2)
        {
            return VersionName(hello.Version);
        }

        ushort highest = 0;
        for (; offered.Length >= 2; offered = offered[2..])
        {
            var version = BinaryPrimitives.ReadUInt16BigEndian(offered);
            highest = TlsVersion.IsStandard(version) ? Math.Max(highest, version) : highest;
        }

        return VersionName(highest);
    }

    private static ReadOnlySpan<byte> VersionName(ushort version) => version switch
    {
        TlsVersion.Tls13 => "13"u8,
        TlsVersion.Tls12 => "12"u8,
        TlsVersion.Tls11 => "11"u8,
        TlsVersion.Tls10 => "10"u8,
        TlsVersion.Ssl3 => "s3"u8,
        TlsVersion.Ssl2 => "s2"u8,
        _ => "00"u8,
    };

    private static void Count(int count, Span<byte> destination)
    {
        var shown = Math.Min(count, 99);
        destination[0] = (byte)('0' + (shown / 10));
        destination[1] = (byte)('0' + (shown % 10));
    }

    /// <summary>First and last character; of the name in hexadecimal digits where one of them is neither letter nor digit.</summary>
    private static void Protocol(in ClientHello hello, Span<byte> destination)
    {
        var reader = new TlsReader(hello.ApplicationProtocols);
        if (!reader.TryReadVector8(out var name) || name.IsEmpty)
        {
            "00"u8.CopyTo(destination);
        }
        else if (char.IsAsciiLetterOrDigit((char)name[0]) && char.IsAsciiLetterOrDigit((char)name[^1]))
        {
            (destination[0], destination[1]) = (name[0], name[^1]);
        }
        else
        {
            (destination[0], destination[1]) = (Digit(name[0] >> 4), Digit(name[^1] & 15));
        }
    }

    private static int SignatureAlgorithms(in ClientHello hello, Span<byte> text)
    {
        var algorithms = hello.Extensions.FindList16(TlsExtensions.SignatureAlgorithms);
        var length = 0;
        for (; algorithms.Length >= 2; algorithms = algorithms[2..])
        {
            var algorithm = BinaryPrimitives.ReadUInt16BigEndian(algorithms);
            if (!TlsExtensions.IsGrease(algorithm))
            {
                text[length] = length == 0 ? (byte)'_' : (byte)',';
                length += 1 + Hexadecimal(algorithm, text[(length + 1)..]);
            }
        }

        return length;
    }

    private static int List(ReadOnlySpan<ushort> numbers, Span<byte> text)
    {
        var length = 0;
        foreach (var number in numbers)
        {
            if (length > 0)
            {
                text[length++] = (byte)',';
            }

            length += Hexadecimal(number, text[length..]);
        }

        return length;
    }

    private static int Hexadecimal(ushort number, Span<byte> text)
    {
        for (var i = 0; i < 4; i++)
        {
            text[i] = Digit((number >> (12 - (4 * i))) & 15);
        }

        return 4;
    }

    private static byte Digit(int value) => "0123456789abcdef"u8[value];

    private static void Hash(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (text.IsEmpty)
        {
            destination[..HashLength].Fill((byte)'0');
            return;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, digest);
        for (var i = 0; i < HashLength; i++)
        {
            destination[i] = Digit(i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15);
        }
    }
}
