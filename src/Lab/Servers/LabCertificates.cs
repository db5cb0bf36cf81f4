using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MediaSecurityLite.Lab.Servers;

/// <summary>A certificate authority that lives for one run, and the one certificate that all web servers of the lab share.</summary>
internal static class LabCertificates
{
    public const string AuthorityFile = "lab-ca.pem";
    public const string ServerFile = "server.pem";
    public const string ServerKeyFile = "server.key";

    /// <summary>The lab's clock may differ a little from the clients'.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);
    private static readonly TimeSpan After = TimeSpan.FromDays(2);

    public static void Write(string folder, IEnumerable<string> names, TimeProvider time)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = CreateAuthority(authorityKey, time);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = CreateServer(authority, serverKey, names, time);
        File.WriteAllText(Path.Combine(folder, AuthorityFile), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, ServerFile), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, ServerKeyFile), serverKey.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The same pair in memory, for traffic that is made without a server.</summary>
    public static X509Certificate2 CreateServer(IEnumerable<string> names, TimeProvider time)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = CreateAuthority(authorityKey, time);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = CreateServer(authority, serverKey, names, time);
        return server.CopyWithPrivateKey(serverKey);
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
