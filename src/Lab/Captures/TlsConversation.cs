using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MediaSecurityLite.Lab.Servers;

namespace MediaSecurityLite.Lab.Captures;

/// <summary>
/// A real TLS conversation, held in memory between the framework's client and server: the records of made traffic are
/// those of a real handshake.
/// </summary>
internal static class TlsConversation
{
    private const int PageLength = 512;

    /// <summary>Handshake, one page at <paramref name="path"/> (null: none), close.</summary>
    public static async Task<IReadOnlyList<Turn>> RecordAsync(string host, string? path, LabCertificates certificates, CancellationToken cancellationToken)
    {
        var turns = new List<Turn>();
        var gate = new Lock();
        var toServer = new Pipe();
        var toClient = new Pipe();
        await using var clientWire = new RecordingWire(toClient.Reader, toServer.Writer, bytes => Add(fromClient: true, bytes));
        await using var serverWire = new RecordingWire(toServer.Reader, toClient.Writer, bytes => Add(fromClient: false, bytes));
        await using var client = new SslStream(clientWire);
        await using var server = new SslStream(serverWire);
        await Task.WhenAll(
            client.AuthenticateAsClientAsync(ClientOptions(host, certificates), cancellationToken),
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificates.Server }, cancellationToken));
        if (path is not null)
        {
            await FetchAsync(client, server, host, path, cancellationToken);
        }

        await client.ShutdownAsync();
        return turns;

        void Add(bool fromClient, byte[] bytes)
        {
            lock (gate)
            {
                turns.Add(new Turn(fromClient, bytes));
            }
        }
    }

    private static SslClientAuthenticationOptions ClientOptions(string host, LabCertificates certificates) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { certificates.Authority },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    private static async Task FetchAsync(SslStream client, SslStream server, string host, string path, CancellationToken cancellationToken)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        await client.WriteAsync(request, cancellationToken);
        await server.ReadExactlyAsync(new byte[request.Length], cancellationToken);
        var response = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {PageLength}\r\n\r\n{new string('x', PageLength)}");
        await server.WriteAsync(response, cancellationToken);
        await client.ReadExactlyAsync(new byte[response.Length], cancellationToken);
    }
}
