using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.EndToEnd.Tests.Product;

/// <summary>Packs from the tool that builds them to whoever holds a gateway's credential, with the real programs.</summary>
public sealed class PatternDeliveryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Release_OfAPublishedPack_IsRolledOutAndServedWithTheGatewaysCredential()
    {
        await using var stage = await ProductStage.SetUpAsync(lab: null, new StageOptions(), TimeProvider.System, Cancel);
        var repository = await PatternRepository.PublishAsync(Path.Combine(stage.Center.Folder, "packs"), Sites.BlockedCategory, Sites.News.Host, Cancel);
        await stage.StartCenterAsync(Cancel);

        await stage.Center.AdministerAsync(["patterns", "import", repository.Folder], Cancel);
        await stage.Center.AdministerAsync(["patterns", "release", PatternRepository.Pack, PatternRepository.Newer, "--channel", "stable"], Cancel);
        await stage.Page.WaitForRowAsync(Patience, Cancel, $"{PatternRepository.Pack} {PatternRepository.Newer}", "配信完了", "100 %");

        using var gateway = Fetcher(stage.Gateway.Credential, stage.Center.PacksPort);
        foreach (var file in Directory.EnumerateFiles(repository.Folder, "*", SearchOption.AllDirectories))
        {
            var served = await gateway.GetByteArrayAsync(new Uri(Path.GetRelativePath(repository.Folder, file), UriKind.Relative), Cancel);
            Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(file, Cancel)), SHA256.HashData(served));
        }

        Assert.Single(Directory.EnumerateFiles(Path.Combine(repository.Folder, "deltas")));
    }

    private static HttpClient Fetcher(string credential, int port)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(Path.Combine(credential, "gateway.pem"), Path.Combine(credential, "gateway.key"));
        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.ImportFromPemFile(Path.Combine(credential, "ca.pem"));
        var handler = new SocketsHttpHandler
        {
            SslOptions =
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(
                    X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null), additionalCertificates: null, offline: true),
                CertificateChainPolicy = chain,
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{port}/patterns/") };
    }
}
