using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Gateway.Cloud;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>
/// Is the support centre there, and is it the centre. The look ends after the TLS handshake: a second MQTT session under the
/// same id would throw the running agent out.
/// </summary>
internal static class CentreCheck
{
    private const string Subject = "centre";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<DoctorFinding> ExamineAsync(CloudOptions cloud, CancellationToken cancellationToken)
    {
        var place = $"{cloud.Host}:{cloud.Port}";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var credentials = CloudCredentials.Read(cloud);
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(cloud.Host, cloud.Port, patience.Token);
            await using var tls = new SslStream(tcp.GetStream());
            await tls.AuthenticateAsClientAsync(TlsOptions(cloud, credentials), patience.Token);
            return DoctorFinding.Good(Subject, $"{place} answers and proves who it is");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DoctorFinding.Missing(Subject, $"{place} does not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException or CryptographicException
            or UnauthorizedAccessException or ArgumentException)
        {
            return DoctorFinding.Missing(Subject, $"{place}: {e.Message}");
        }
    }

    private static SslClientAuthenticationOptions TlsOptions(CloudOptions cloud, CloudCredentials credentials)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(credentials.Authorities);
        return new SslClientAuthenticationOptions
        {
            TargetHost = cloud.Host,
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificates = [credentials.Certificate],
            CertificateChainPolicy = policy,
        };
    }
}
