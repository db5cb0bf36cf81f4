using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Protocols.Tls;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Tls;

public sealed class CertificateTests
{
    [Fact]
    public void TryRead_RealCertificate_FindsItsFields()
    {
        using var made = TlsBytes.MakeCertificate("CN=a.example, E=ops@example.test, OID.2.5.4.97=NTRJP-1, OID.1.2.840.113556.1.4.656=x");

        Assert.True(Certificate.TryRead(made.RawData, out var certificate));
        Assert.Equal(made.SerialNumberBytes.ToArray(), certificate.SerialNumber.ToArray());
        Assert.Equal("1.2.840.113556.1.4.656=x, organizationIdentifier=NTRJP-1, Email=ops@example.test, CN=a.example", Text(certificate.Subject));
    }

    [Fact]
    public void TryRead_EveryPrefix_IsRefused()
    {
        using var made = TlsBytes.MakeCertificate("CN=a.example");
        for (var length = 0; length < made.RawData.Length; length++)
        {
            Assert.False(Certificate.TryRead(made.RawData.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void Format_SeveralAttributesInOneSet_AreJoinedByPlus()
    {
        byte[] cn = [0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0C, 0x01, (byte)'a'];
        byte[] ou = [0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x0B, 0x1E, 0x02, 0x68, 0x2A];

        Assert.Equal("CN=a + OU=株", Text([0x31, (byte)(cn.Length + ou.Length), .. cn, .. ou]));
    }

    [Fact]
    public void Format_LongerThanTheBound_IsCut()
    {
        byte[] attribute = [0x31, 0x0A, 0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0C, 0x01, (byte)'a'];
        Span<byte> text = stackalloc byte[3];

        Assert.Equal(3, DistinguishedName.Format(attribute, text));
        Assert.Equal("CN=", Encoding.ASCII.GetString(text));
    }

    [Property(MaxTest = 500)]
    public bool TryRead_DamagedBytes_NeverThrows(int seed)
    {
        var random = new Random(seed);
        using var made = TlsBytes.MakeCertificate("CN=a.example, O=Example");
        var bytes = made.RawData;
        for (var i = random.Next(1, 10); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        if (Certificate.TryRead(bytes, out var certificate))
        {
            Span<byte> time = stackalloc byte[Certificate.TimeLength];
            certificate.TryFormatValidity(time, time);
            return Text(certificate.Subject).Length <= 1024;
        }

        return true;
    }

    private static string Text(ReadOnlySpan<byte> name)
    {
        Span<byte> text = stackalloc byte[1024];
        return Encoding.UTF8.GetString(text[..DistinguishedName.Format(name, text)]);
    }
}
