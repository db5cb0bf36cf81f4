using System.Diagnostics.Metrics;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Broker;
using MediaSecurityLite.SupportCenter.Identity;
using Microsoft.EntityFrameworkCore;
using MQTTnet;
using MQTTnet.Formatter;

namespace MediaSecurityLite.SupportCenter.Tests.Broker;

public sealed class BrokerAccessTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningCenter _center = null!;
    private X509Certificate2 _certificate = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _center = await RunningCenter.StartAsync(_folder.Path);
        _certificate = await _center.RegisterAsync("gw-1");
    }

    public async ValueTask DisposeAsync()
    {
        await _center.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Connect_WithItsCredential_IsAccepted()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);

        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task Connect_WithoutCertificate_IsRefusedAndCounted()
    {
        using var refusals = new RefusalCounter(_center);

        await Assert.ThrowsAnyAsync<Exception>(() => _center.ConnectAsync("gw-1", certificate: null));

        Assert.Equal([nameof(RefusalCause.NoCertificate)], refusals.Causes);
    }

    [Fact]
    public async Task Connect_WithCertificateOfAnotherAuthority_IsRefusedAndCounted()
    {
        using var refusals = new RefusalCounter(_center);
        using var foreign = CertificateAuthority.Open(_folder.Path, TimeProvider.System);
        var target = _folder["foreign"];
        foreign.IssueGateway(GatewayId.Parse("gw-1")).WriteTo(target);
        using var certificate = X509Certificate2.CreateFromPemFile(Path.Combine(target, "gateway.pem"), Path.Combine(target, "gateway.key"));

        await Assert.ThrowsAnyAsync<Exception>(() => _center.ConnectAsync("gw-1", certificate));

        Assert.Equal([nameof(RefusalCause.ForeignCertificate)], refusals.Causes);
    }

    [Fact]
    public async Task Connect_WithTls12_IsRefused() =>
        await Assert.ThrowsAnyAsync<Exception>(() => _center.ConnectAsync("gw-1", _certificate, SslProtocols.Tls12));

    [Fact]
    public async Task Connect_AsAnotherClient_IsRefusedAndCounted()
    {
        using var refusals = new RefusalCounter(_center);

        await AssertRefusedAsync(MqttClientConnectResultCode.ClientIdentifierNotValid, () => _center.ConnectAsync("gw-2", _certificate));

        Assert.Equal([nameof(RefusalCause.ClientId)], refusals.Causes);
    }

    [Fact]
    public async Task Connect_WithOlderProtocol_IsRefused() =>
        await AssertRefusedAsync(
            MqttClientConnectResultCode.UnsupportedProtocolVersion, () => _center.ConnectAsync("gw-1", _certificate, version: MqttProtocolVersion.V311));

    [Fact]
    public async Task Connect_AfterRemoval_IsRefused()
    {
        await _center.RemoveAsync("gw-1");

        await AssertRefusedAsync(MqttClientConnectResultCode.NotAuthorized, () => _center.ConnectAsync("gw-1", _certificate));
    }

    [Fact]
    public async Task Connect_WithTheCertificateBeforeTheLast_IsRefused()
    {
        await _center.RemoveAsync("gw-1");
        using var newer = await _center.RegisterAsync("gw-1");

        await AssertRefusedAsync(MqttClientConnectResultCode.NotAuthorized, () => _center.ConnectAsync("gw-1", _certificate));
        using var client = await _center.ConnectAsync("gw-1", newer);
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task Publish_IntoAnotherSubtree_IsRefusedAndNotStored()
    {
        using var other = await _center.RegisterAsync("gw-2");
        using var client = await _center.ConnectAsync("gw-1", _certificate);
        using var refusals = new RefusalCounter(_center);

        var result = await RunningCenter.PublishAsync(
            client, Messages.DetectionTopic("gw-2"), Messages.Bytes(Messages.Event("gw-2", Messages.Detection())));

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, result.ReasonCode);
        Assert.Equal([nameof(RefusalCause.PublishOutsideSubtree)], refusals.Causes);
        await using var db = _center.OpenDb();
        Assert.Equal(0, await db.Events.CountAsync(Token) + await db.DeadLetters.CountAsync(Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_AnAnnouncementOfPatterns_IsRefusedAndReachesNobody(bool retain)
    {
        using var other = await _center.RegisterAsync("gw-2");
        using var reader = await _center.ConnectAsync("gw-2", other);
        var heard = new List<string>();
        reader.ApplicationMessageReceivedAsync += e =>
        {
            heard.Add(e.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await reader.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("msl/v1/patterns/+").Build(), Token);
        using var client = await _center.ConnectAsync("gw-1", _certificate);
        using var refusals = new RefusalCounter(_center);

        var result = await RunningCenter.PublishAsync(client, Topics.Patterns + "probe", "{}"u8.ToArray(), retain);
        await reader.PingAsync(Token);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, result.ReasonCode);
        Assert.Equal([nameof(RefusalCause.PublishOutsideSubtree)], refusals.Causes);
        Assert.DoesNotContain(Topics.Patterns + "probe", heard);
    }

    [Fact]
    public async Task Publish_AfterRemoval_EndsTheSession()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);
        await _center.RemoveAsync("gw-1");

        await Assert.ThrowsAnyAsync<Exception>(() => RunningCenter.PublishAsync(
            client, Messages.DetectionTopic("gw-1"), Messages.Bytes(Messages.Event("gw-1", Messages.Detection()))));

        await using var db = _center.OpenDb();
        Assert.Equal(0, await db.Events.CountAsync(Token));
    }

    [Fact]
    public async Task Publish_LargerThanAPacketMayBe_EndsTheSession()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);
        using var refusals = new RefusalCounter(_center);

        await Assert.ThrowsAnyAsync<Exception>(() => RunningCenter.PublishAsync(
            client, Messages.DetectionTopic("gw-1"), new byte[GatewayChannel.LargestPacket + 1]));

        Assert.Equal([nameof(RefusalCause.PacketSize)], refusals.Causes);
    }

    [Theory]
    [InlineData("msl/v1/gw/gw-1/desired", true)]
    [InlineData("msl/v1/gw/gw-1/#", true)]
    [InlineData("msl/v1/patterns/#", true)]
    [InlineData("msl/v1/patterns/+", true)]
    [InlineData("msl/v1/patterns/stable", true)]
    [InlineData("msl/v1/+/stable", false)]
    [InlineData("$share/group/msl/v1/patterns/stable", false)]
    [InlineData("msl/v1/gw/gw-2/#", false)]
    [InlineData("msl/v1/gw/+/heartbeat", false)]
    [InlineData("msl/v1/gw/#", false)]
    [InlineData("#", false)]
    [InlineData("$share/group/msl/v1/gw/gw-1/#", false)]
    public async Task Subscribe_OpensTheOwnSubtreeAndPatternsOnly(string filter, bool allowed)
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);

        var result = await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter).Build(), Token);

        Assert.Equal(allowed, result.Items.Single().ResultCode < MqttClientSubscribeResultCode.UnspecifiedError);
    }

    private static async Task AssertRefusedAsync(MqttClientConnectResultCode code, Func<Task<IMqttClient>> connect) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ConnectionRefusedException>(connect)).Code);

    /// <summary>Listens to the refusals of one centre.</summary>
    private sealed class RefusalCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<string?> _causes = [];

        public RefusalCounter(RunningCenter center)
        {
            var scope = center.MeterScope;
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "mslcenter.broker.refusals" && ReferenceEquals(instrument.Meter.Scope, scope))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                lock (_causes)
                {
                    _causes.Add((string?)tags[0].Value);
                }
            });
            _listener.Start();
        }

        public string?[] Causes
        {
            get
            {
                lock (_causes)
                {
                    return [.. _causes];
                }
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
