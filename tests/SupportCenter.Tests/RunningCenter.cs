using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Hosting;
using MediaSecurityLite.SupportCenter.Identity;
using MediaSecurityLite.SupportCenter.Settings;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace MediaSecurityLite.SupportCenter.Tests;

/// <summary>A whole centre on free loopback ports with a data directory of its own; spoken to over MQTT and HTTP only.</summary>
internal sealed class RunningCenter : IAsyncDisposable
{
    private readonly CertificateAuthority _authority;
    private readonly WebApplication _center;
    private readonly Uri _broker;

    private RunningCenter(string folder, CertificateAuthority authority, WebApplication center)
    {
        Folder = folder;
        _authority = authority;
        _center = center;
        var (page, broker, packs) = CenterHost.AddressesOf(center);
        Page = new Uri(page);
        _broker = new Uri(broker);
        Packs = new Uri(packs + "/");
    }

    public string Folder { get; }

    public Uri Page { get; }

    public Uri Packs { get; }

    public X509Certificate2 Authority => _authority.Certificate;

    public object MeterScope => _center.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();

    public static async Task<RunningCenter> StartAsync(string folder, Action<CenterOptions>? change = null)
    {
        var data = Path.Combine(folder, "data");
        var options = new CenterOptions { DataDirectory = data };
        options.Broker.Address = "127.0.0.1";
        options.Broker.Port = 0;
        options.Packs.Address = "127.0.0.1";
        options.Packs.Port = 0;
        options.Console.Url = "http://127.0.0.1:0";
        change?.Invoke(options);
        Assert.Empty(options.Validate());
        await DataDirectory.PrepareAsync(data, Token);
        var authority = CertificateAuthority.Open(data, TimeProvider.System);
        var quiet = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Logging:LogLevel:Default", "Error")])
            .Build();
        var center = CenterHost.Build(options, quiet, authority, TimeProvider.System);
        await center.StartAsync(Token);
        return new RunningCenter(folder, authority, center);
    }

    public CenterDb OpenDb() => DataDirectory.OpenDb(Path.Combine(Folder, "data"));

    public async Task<X509Certificate2> RegisterAsync(string gateway, string name = "Test", string language = "ja")
    {
        await using var db = OpenDb();
        var folder = Path.Combine(Folder, $"credential-{Guid.NewGuid():N}");
        var registry = new FleetRegistry(db, _authority, TimeProvider.System);
        var member = new NewMember(GatewayId.Parse(gateway), name, "admin@example.com", language);
        Assert.True(await registry.AddAsync(member, credential => credential.WriteTo(folder), Token));
        return X509Certificate2.CreateFromPemFile(Path.Combine(folder, "gateway.pem"), Path.Combine(folder, "gateway.key"));
    }

    public async Task RemoveAsync(string gateway)
    {
        await using var db = OpenDb();
        Assert.True(await FleetRegistry.RemoveAsync(db, GatewayId.Parse(gateway), TimeProvider.System, Token));
    }

    public async Task<IMqttClient> ConnectAsync(
        string clientId, X509Certificate2? certificate, SslProtocols protocols = SslProtocols.Tls13, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder()
            .WithEndPoint(new IPEndPoint(IPAddress.Loopback, _broker.Port))
            .WithClientId(clientId)
            .WithProtocolVersion(version)
            .WithTimeout(TimeSpan.FromSeconds(20))
            .WithTlsOptions(tls =>
            {
                tls.UseTls(true).WithSslProtocols(protocols).WithTargetHost("localhost")
                    .WithTrustChain(new X509Certificate2Collection(_authority.Certificate))
                    .WithRevocationMode(X509RevocationMode.NoCheck);
                if (certificate is not null)
                {
                    tls.WithClientCertificates([certificate]);
                }
            })
            .Build();
        try
        {
            var result = await client.ConnectAsync(options, Token);
            return result.ResultCode == MqttClientConnectResultCode.Success ? client : throw new ConnectionRefusedException(result.ResultCode);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Asks for pattern files as a gateway does.</summary>
    public HttpClient Fetcher(X509Certificate2? certificate, SslProtocols protocols = SslProtocols.Tls13)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions =
            {
                EnabledSslProtocols = protocols,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { _authority.Certificate },
                },
                ClientCertificateContext = certificate is null
                    ? null
                    : System.Net.Security.SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
            },
        };
        return new HttpClient(handler) { BaseAddress = Packs };
    }

    public static Task<MqttClientPublishResult> PublishAsync(IMqttClient client, string topic, byte[] payload, bool retain = false) =>
        client.PublishAsync(
            new MqttApplicationMessageBuilder()
                .WithTopic(topic)
                .WithPayload(payload)
                .WithRetainFlag(retain)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .Build(),
            Token);

    public async ValueTask DisposeAsync()
    {
        await _center.StopAsync(Token);
        await _center.DisposeAsync();
        _authority.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
