using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Identity;
using Microsoft.Extensions.Time.Testing;

namespace MediaSecurityLite.SupportCenter.Tests.Identity;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_Twice_IsTheSameAuthorityInAPrivateFile()
    {
        using var first = CertificateAuthority.Open(_folder.Path, TimeProvider.System);
        using var second = CertificateAuthority.Open(_folder.Path, TimeProvider.System);

        Assert.Equal(first.Certificate.Thumbprint, second.Certificate.Thumbprint);
        Assert.False(first.Certificate.HasPrivateKey);
        Assert.All(Directory.GetFiles(_folder.Path), AssertPrivate);
    }

    [Fact]
    public void IssueGateway_Credential_IsP256ForClientsUnderTheGatewaysName()
    {
        using var authority = CertificateAuthority.Open(_folder.Path, TimeProvider.System);
        authority.IssueGateway(GatewayId.Parse("gw-1")).WriteTo(_folder["out"]);
        using var certificate = X509Certificate2.CreateFromPemFile(_folder["out/gateway.pem"], _folder["out/gateway.key"]);

        Assert.Equal("CN=gw-1", certificate.Subject);
        Assert.Equal(256, certificate.GetECDsaPublicKey()!.KeySize);
        Assert.Equal(["ca.pem", "gateway.key", "gateway.pem"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(_folder["out"]), AssertPrivate);
        using var chain = new X509Chain { ChainPolicy = authority.ClientPolicy() };
        Assert.True(chain.Build(certificate));
    }

    [Fact]
    public void IssueGateway_IntoAFolderWithACredential_OverwritesNothing()
    {
        using var authority = CertificateAuthority.Open(_folder.Path, TimeProvider.System);
        authority.IssueGateway(GatewayId.Parse("gw-1")).WriteTo(_folder["out"]);
        var before = File.ReadAllText(_folder["out/gateway.key"]);

        Assert.Throws<IOException>(() => authority.IssueGateway(GatewayId.Parse("gw-1")).WriteTo(_folder["out"]));

        Assert.Equal(before, File.ReadAllText(_folder["out/gateway.key"]));
    }

    [Fact]
    public void ServerCertificate_IsNoClientCertificate()
    {
        using var authority = CertificateAuthority.Open(_folder.Path, TimeProvider.System);
        using var server = authority.IssueServer(["center.example", "192.0.2.1"]);
        using var chain = new X509Chain { ChainPolicy = authority.ClientPolicy() };

        Assert.False(chain.Build(server));
        Assert.True(server.MatchesHostname("center.example"));
        Assert.True(server.MatchesHostname("192.0.2.1"));
        Assert.False(server.MatchesHostname("other.example"));
    }

    [Fact]
    public void ServerCertificate_ShortlyBeforeItsEnd_IsReplaced()
    {
        var time = new FakeTimeProvider(Messages.Noon);
        using var authority = CertificateAuthority.Open(_folder.Path, time);
        var certificate = new ServerCertificate(authority, ["localhost"], time);
        var first = certificate.Current().TargetCertificate.SerialNumber;

        time.Advance(TimeSpan.FromDays(366));
        Assert.Equal(first, certificate.Current().TargetCertificate.SerialNumber);
        time.Advance(TimeSpan.FromDays(2));
        Assert.NotEqual(first, certificate.Current().TargetCertificate.SerialNumber);
    }

    private static void AssertPrivate(string file) =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
}
