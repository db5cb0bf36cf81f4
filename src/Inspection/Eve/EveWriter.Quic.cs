using System.Buffers.Binary;
using System.Globalization;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Quic;
using MediaSecurityLite.Inspection.Protocols.Tls;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about QUIC connections.</content>
internal sealed partial class EveWriter
{
    private const byte QuicCarrier = (byte)'q';

    /// <summary>Suricata's records tell nothing but the version of Google's earlier ones.</summary>
    private const int FirstGoogleVersion = 39;

    public void Quic(Flow flow, uint version, long now)
    {
        BeginQuic(flow, version, now);
        EndQuic();
    }

    public void Quic(Flow flow, uint version, in ClientHello hello, long now)
    {
        BeginQuic(flow, version, now);
        OptionalField(",\"sni\":"u8, hello.ServerName);
        Span<byte> text = stackalloc byte[Protocols.Tls.Ja3.MaxLength];
        Ja3(",\"ja3\":"u8, text[..Protocols.Tls.Ja3.Write(hello, text)]);
        if (Ja4.TryWrite(hello, QuicCarrier, text))
        {
            Field(",\"ja4\":"u8, text[..Ja4.Length]);
        }

        Extensions(hello.Extensions);
        EndQuic();
    }

    public void Quic(Flow flow, uint version, in GoogleHello hello, long now)
    {
        BeginQuic(flow, version, now);
        if (QuicVersion.GoogleNumber(version) >= FirstGoogleVersion)
        {
            OptionalField(",\"sni\":"u8, hello.Find("SNI\0"u8));
            OptionalField(",\"ua\":"u8, hello.Find("UAID"u8));
            if (QuicVersion.DialectOf(version) != QuicDialect.GoogleEncrypted)
            {
                Cyu(version, hello);
            }
        }

        EndQuic();
    }

    private void BeginQuic(Flow flow, uint version, long now)
    {
        Begin("quic"u8, flow, now);
        _json.Raw(",\"quic\":{\"version\":"u8);
        Span<byte> name = stackalloc byte[8];
        Field(default, name[..QuicVersionName(version, name)]);
    }

    private void EndQuic()
    {
        _json.Raw("}"u8);
        End();
    }

    /// <summary>Google's versions in clear are text; all others, and those before Q039, hexadecimal without zeros before.</summary>
    private static int QuicVersionName(uint version, Span<byte> name)
    {
        if (QuicVersion.DialectOf(version) is QuicDialect.GoogleOld or QuicDialect.GoogleClear
            && QuicVersion.GoogleNumber(version) >= FirstGoogleVersion)
        {
            BinaryPrimitives.WriteUInt32BigEndian(name, version);
            return sizeof(uint);
        }

        version.TryFormat(name, out var written, "x", CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>The fingerprint of Google's hello: the version's number and the tags in their order, and the MD5 of that text.</summary>
    private void Cyu(uint version, in GoogleHello hello)
    {
        Span<byte> text = stackalloc byte[8 + (GoogleHello.MaxTags * 5)];
        QuicVersion.GoogleNumber(version).TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        for (var i = 0; i < hello.Count; i++)
        {
            var tag = hello.Tag(i).TrimEnd((byte)0);
            text[length] = i == 0 ? (byte)',' : (byte)'-';
            tag.CopyTo(text[(length + 1)..]);
            length += 1 + tag.Length;
        }

        Ja3(",\"cyu\":["u8, text[..length]);
        _json.Raw("]"u8);
    }

    private void Extensions(TlsExtensions extensions)
    {
        var isFirst = true;
        foreach (var extension in extensions)
        {
            _json.Raw(isFirst ? ",\"extensions\":[{"u8 : ",{"u8);
            isFirst = false;
            var name = TlsExtensionNames.Of(extension.Type);
            if (!name.IsEmpty)
            {
                Field("\"name\":"u8, name);
                _json.Raw(","u8);
            }

            Field("\"type\":"u8, extension.Type);
            ExtensionValues(extension.Type, extension.Body);
            _json.Raw("}"u8);
        }

        _json.Raw(isFirst ? default : "]"u8);
    }

    private void ExtensionValues(ushort type, ReadOnlySpan<byte> body)
    {
        var separator = ",\"values\":["u8;
        var reader = new TlsReader(body);
        switch (type)
        {
            case TlsExtensions.ServerName when reader.TryReadVector16(out var names):
                for (var entries = new TlsReader(names); entries.TryRead(1, out _) && entries.TryReadVector16(out var name); separator = ","u8)
                {
                    Field(separator, name);
                }

                break;
            case TlsExtensions.Alpn when reader.TryReadVector16(out var protocols):
                for (var entries = new TlsReader(protocols); entries.TryReadVector8(out var name); separator = ","u8)
                {
                    Field(separator, name);
                }

                break;
            case TlsExtensions.SignatureAlgorithms when reader.TryReadVector16(out var algorithms):
                for (var entries = new TlsReader(algorithms); entries.TryReadUInt16(out var algorithm); separator = ","u8)
                {
                    _json.Raw(separator);
                    _json.Raw("\""u8);
                    _json.Number(algorithm);
                    _json.Raw("\""u8);
                }

                break;
            case TlsExtensions.SupportedVersions when reader.TryReadVector8(out var versions):
                for (var entries = new TlsReader(versions); entries.TryReadUInt16(out var version); separator = ","u8)
                {
                    _json.Raw(separator);
                    SupportedVersion(version);
                }

                break;
        }

        if (separator.Length == 1)
        {
            _json.Raw("]"u8);
        }
    }

    private void SupportedVersion(ushort version)
    {
        switch (version)
        {
            case TlsVersion.Tls13:
                _json.Raw("\"Tls13\""u8);
                break;
            case TlsVersion.Tls12:
                _json.Raw("\"Tls12\""u8);
                break;
            default:
                _json.Raw("\"0x"u8);
                _json.Hex([(byte)(version >> 8), (byte)version]);
                _json.Raw("\""u8);
                break;
        }
    }
}
