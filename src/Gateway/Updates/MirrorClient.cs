using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Gateway.Cloud;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>HTTPS to the centre's files: TLS 1.3, both sides by certificate, the same as the cloud session's.</summary>
internal static class MirrorClient
{
    /// <exception cref="IOException">A certificate cannot be read.</exception>
    public static HttpClient Create(CloudOptions cloud)
    {
        var credentials = CloudCredentials.Read(cloud);
        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.AddRange(credentials.Authorities);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectTimeout = PackFetcher.Patience,
            MaxResponseHeadersLength = 16,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificates = [credentials.Certificate],
                CertificateChainPolicy = chain,
            },
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
