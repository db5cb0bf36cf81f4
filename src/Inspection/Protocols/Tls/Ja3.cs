using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// JA3 and JA3S, fingerprints of hellos: the numbers of their fields in the order they were sent, and the MD5 of that text.
/// <c>version,ciphers,extensions,groups,point formats</c> for a client, <c>version,cipher,extensions</c> for a server.
/// </summary>
internal ref struct Ja3(Span<byte> destination)
{
    /// <summary>More than ten times what clients send; a longer one is no fingerprint of a program.</summary>
    public const int MaxLength = 4096;

    private readonly Span<byte> _destination = destination;
    private int _length;
    private bool _isCut;

    /// <summary>Writes the text of a client's fingerprint.</summary>
    /// <returns>Bytes written; 0 if it would not fit.</returns>
    public static int Write(in ClientHello hello, Span<byte> destination)
    {
        var writer = new Ja3(destination);
        writer.Number(hello.Version);
        writer.Append((byte)',');
        writer.List(hello.CipherSuites);
        writer.Append((byte)',');
        var separator = false;
        foreach (var extension in hello.Extensions)
        {
            if (!TlsExtensions.IsGrease(extension.Type))
            {
                writer.Item(extension.Type, ref separator);
            }
        }

        writer.Append((byte)',');
        writer.List(hello.Extensions.FindList16(TlsExtensions.SupportedGroups));
        writer.Append((byte)',');
        separator = false;
        foreach (var format in hello.Extensions.FindList8(TlsExtensions.PointFormats))
        {
            writer.Item(format, ref separator);
        }

        return writer._isCut ? 0 : writer._length;
    }

    /// <summary>Writes the text of a server's fingerprint.</summary>
    /// <returns>Bytes written; 0 if it would not fit.</returns>
    public static int Write(in ServerHello hello, Span<byte> destination)
    {
        var writer = new Ja3(destination);
        writer.Number(hello.LegacyVersion);
        writer.Append((byte)',');
        writer.Number(hello.CipherSuite);
        writer.Append((byte)',');
        var separator = false;
        foreach (var extension in hello.Extensions)
        {
            writer.Item(extension.Type, ref separator);
        }

        return writer._isCut ? 0 : writer._length;
    }

    /// <summary>MD5 is what the fingerprint is defined by; it guards nothing.</summary>
    public static void Hash(ReadOnlySpan<byte> text, Span<byte> md5)
    {
#pragma warning disable CA5351 // MD5 names a fingerprint here; no security rests on it
        MD5.HashData(text, md5);
#pragma warning restore CA5351
    }

    private void List(ReadOnlySpan<byte> numbers)
    {
        var separator = false;
        for (; numbers.Length >= 2; numbers = numbers[2..])
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(numbers);
            if (!TlsExtensions.IsGrease(number))
            {
                Item(number, ref separator);
            }
        }
    }

    private void Item(ushort number, ref bool separator)
    {
        if (separator)
        {
            Append((byte)'-');
        }

        separator = true;
        Number(number);
    }

    private void Number(ushort number)
    {
        if (Utf8Formatter.TryFormat(number, _destination[_length..], out var written))
        {
            _length += written;
        }
        else
        {
            _isCut = true;
        }
    }

    private void Append(byte character)
    {
        if (_length < _destination.Length)
        {
            _destination[_length++] = character;
        }
        else
        {
            _isCut = true;
        }
    }
}
