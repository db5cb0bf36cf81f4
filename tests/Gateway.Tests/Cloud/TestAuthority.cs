using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MediaSecurityLite.Gateway.Tests.Cloud;

/// <summary>An authority made for one test, and what it signs: ECDSA P-256, as in the field.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name = "test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(365));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public X509Certificate2 Certificate => _certificate;

    public X509Certificate2 IssueServer(string hostName) => Issue(hostName, "1.3.6.1.5.5.7.3.1", Now.AddDays(10));

    public X509Certificate2 IssueClient(string commonName, DateTimeOffset? notAfter = null) =>
        Issue(commonName, "1.3.6.1.5.5.7.3.2", notAfter ?? Now.AddDays(10));

    /// <summary>Writes what <c>mslcenter admin gateway add</c> hands out.</summary>
    public void WriteGatewayFiles(string folder, X509Certificate2 certificate)
    {
        File.WriteAllText(Path.Combine(folder, "ca.pem"), _certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "gateway.pem"), certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(Path.Combine(folder, "gateway.key"), key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(Path.Combine(folder, "gateway.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _certificate.Dispose();

    private X509Certificate2 Issue(string name, string usage, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using var certificate = request.Create(_certificate, Now.AddDays(-1), notAfter, RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(key);

        // The platform's TLS wants the key in the certificate, not beside it.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
