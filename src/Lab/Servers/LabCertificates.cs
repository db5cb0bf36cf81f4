using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MediaSecurityLite.Lab.Servers;

/// <summary>A certificate authority that lives for one run, and the one certificate that all web servers of the lab share.</summary>
internal sealed class LabCertificates : IDisposable
{
    public const string AuthorityFile = "lab-ca.pem";
    public const string ServerFile = "server.pem";
    public const string ServerKeyFile = "server.key";

    /// <summary>The lab's clock may differ a little from the clients'.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);
    private static readonly TimeSpan After = TimeSpan.FromDays(2);

    private LabCertificates(X509Certificate2 authority, X509Certificate2 server)
    {
        Authority = authority;
        Server = server;
    }

    public X509Certificate2 Authority { get; }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Server { get; }

    public static LabCertificates Create(IEnumerable<string> names, TimeProvider time)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = CreateAuthority(authorityKey, time);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = CreateServer(authority, serverKey, names, time);
        return new LabCertificates(authority, server.CopyWithPrivateKey(serverKey));
    }

    public void Write(string folder)
    {
        using var key = Server.GetECDsaPrivateKey()!;
        File.WriteAllText(Path.Combine(folder, AuthorityFile), Authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, ServerFile), Server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, ServerKeyFile), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
    }

    private static X509Certificate2 CreateAuthority(ECDsa key, TimeProvider time)
    {
        var request = new CertificateRequest("CN=msllab", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var now = time.GetUtcNow();
        return request.CreateSelfSigned(now - Before, now + After);
    }

    private static X509Certificate2 CreateServer(X509Certificate2 authority, ECDsa key, IEnumerable<string> names, TimeProvider time)
    {
        var request = new CertificateRequest("CN=server of msllab", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var now = time.GetUtcNow();
        return request.Create(authority, now - Before, now + After, RandomNumberGenerator.GetBytes(16));
    }
}
