using System.Text;
using MediaSecurityLite.Inspection.Protocols.Tls;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Tls;

public sealed class Ja4Tests
{
    [Fact]
    public void Write_BrowsersHello_IsTheSpecificationsExample() =>
        Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1", Fingerprint(TlsBytes.BrowserHello()));

    [Fact]
    public void Write_WithoutExtensions_HasZeros() =>
        Assert.Equal("t12i010000_", Fingerprint(TlsBytes.ClientHello([], [0x1301]))[..11]);

    [Fact]
    public void Write_WithoutSignatureAlgorithms_HashesExtensionsAlone()
    {
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("000b,0023"u8))[..12];

        Assert.EndsWith("_" + expected, Fingerprint(TlsBytes.ClientHello([.. TlsBytes.Extension(0x23, []), .. TlsBytes.Extension(0x0B, [1, 0])])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h2", "h2")]
    [InlineData("http/1.1", "h1")]
    [InlineData("x", "xx")]
    [InlineData("\u00AB", "ab")]
    [InlineData("\u0030\u00AB", "3b")]
    public void Write_Protocol_ShowsFirstAndLastCharacter(string protocol, string expected) =>
        Assert.Equal(expected, Fingerprint(TlsBytes.ClientHello(TlsBytes.Alpn(protocol)))[8..10]);

    [Theory]
    [InlineData(0x0300, "s3")]
    [InlineData(0x0301, "10")]
    [InlineData(0x0303, "12")]
    [InlineData(0x1234, "00")]
    public void Write_OldVersionField_CountsWithoutTheExtension(int version, string expected) =>
        Assert.Equal(expected, Fingerprint(TlsBytes.ClientHello([], version: (ushort)version))[1..3]);

    [Fact]
    public void Write_MoreCiphersThanTwoDigits_Shows99()
    {
        var ciphers = Enumerable.Range(0, 300).Select(number => (ushort)(0xC000 + number)).ToArray();

        Assert.Equal("99", Fingerprint(TlsBytes.ClientHello([], ciphers))[4..6]);
    }

    [Fact]
    public void Write_MoreCiphersThanThereAre_IsRefused()
    {
        var ciphers = Enumerable.Range(0, 1000).Select(number => (ushort)(0xC000 + number)).ToArray();

        Assert.Empty(Fingerprint(TlsBytes.ClientHello([], ciphers)));
    }

    private static string Fingerprint(byte[] message)
    {
        Assert.True(ClientHello.TryRead(message.AsSpan(4), out var hello));
        Span<byte> text = stackalloc byte[Ja4.Length];
        return Ja4.TryWrite(hello, (byte)'t', text) ? Encoding.ASCII.GetString(text) : string.Empty;
    }
}
