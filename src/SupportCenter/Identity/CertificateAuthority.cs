using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Identity;

/// <summary>
/// The centre's own certificate authority: made on first start, kept in the data directory. It signs the broker's
/// certificate and those of the gateways (all ECDSA P-256), and nothing else trusts it.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string FileName = "authority.pem";
    private const string Subject = "CN=media Security Lite support centre";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int SerialLength = 16;

    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(30 * 365);
    private static readonly TimeSpan ServerLifetime = TimeSpan.FromDays(397);

    // A gateway's access is taken away by removing it from the fleet, not by expiry.
    private static readonly TimeSpan GatewayLifetime = TimeSpan.FromDays(10 * 365);

    // Boxes start with clocks that are somewhat wrong.
    private static readonly TimeSpan Backdating = TimeSpan.FromDays(1);

    private readonly X509Certificate2 _certificate;
    private readonly TimeProvider _time;

    private CertificateAuthority(X509Certificate2 certificate, TimeProvider time)
    {
        _certificate = certificate;
        _time = time;
        Certificate = X509CertificateLoader.LoadCertificate(certificate.RawData);
    }

    /// <summary>The authority's certificate, without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Opens the authority of a data directory; makes it if there is none.</summary>
    public static CertificateAuthority Open(string dataDirectory, TimeProvider time)
    {
        var file = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(file))
        {
            try
            {
                PrivateFile.Write(file, Encoding.ASCII.GetBytes(Create(time)), overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                // Another mslcenter made it in the same moment; theirs is as good.
            }
        }

        var pem = File.ReadAllText(file);
        return new CertificateAuthority(X509Certificate2.CreateFromPem(pem, pem), time);
    }

    /// <summary>A certificate for the broker under every one of <paramref name="hostNames"/>.</summary>
    public X509Certificate2 IssueServer(IReadOnlyList<string> hostNames)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in hostNames)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request("CN=mslcenter", key, ServerAuthentication);
        request.CertificateExtensions.Add(names.Build());
        using var signed = Sign(request, ServerLifetime);
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>A new key and certificate for a gateway: its common name is the gateway's id.</summary>
    public GatewayCredential IssueGateway(GatewayId gateway)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(Request($"CN={gateway}", key, ClientAuthentication), GatewayLifetime);
        return new GatewayCredential(
            Certificate.ExportCertificatePem() + "\n",
            signed.ExportCertificatePem() + "\n",
            key.ExportPkcs8PrivateKeyPem() + "\n",
            ThumbprintOf(signed));
    }

    /// <summary>What the fleet remembers of a gateway's certificate.</summary>
    public static string ThumbprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>How a client's certificate is checked: issued by us, for clients, within its time.</summary>
    public X509ChainPolicy ClientPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(Certificate);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        Certificate.Dispose();
    }

    private static string Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - Backdating, now + AuthorityLifetime);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private CertificateRequest Request(string subject, ECDsa key, string purpose)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        return request;
    }

    private X509Certificate2 Sign(CertificateRequest request, TimeSpan lifetime)
    {
        var serial = RandomNumberGenerator.GetBytes(SerialLength);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        var now = _time.GetUtcNow();
        return request.Create(_certificate, now - Backdating, now + lifetime, serial);
    }
}
