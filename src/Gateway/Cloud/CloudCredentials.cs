using System.Security.Cryptography.X509Certificates;

namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>The gateway's certificate with its key and the authorities it trusts, read anew for every connection: they get renewed.</summary>
internal sealed class CloudCredentials : IDisposable
{
    private CloudCredentials(X509Certificate2 certificate, X509Certificate2Collection authorities) =>
        (Certificate, Authorities) = (certificate, authorities);

    public X509Certificate2 Certificate { get; }

    public X509Certificate2Collection Authorities { get; }

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file does not hold what it should.</exception>
    public static CloudCredentials Read(CloudOptions options)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(options.CaFile);
        return new CloudCredentials(X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile), authorities);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var authority in Authorities)
        {
            authority.Dispose();
        }
    }
}
