using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Tests.Outbox;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace MediaSecurityLite.Gateway.Tests.Cloud;

/// <summary>Against a real broker over TLS, with certificates made here.</summary>
public sealed class CloudSessionTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly X509Certificate2 _serverCertificate;
    private readonly X509Certificate2 _clientCertificate;
    private readonly TestBroker _broker;

    public CloudSessionTests()
    {
        _serverCertificate = _authority.IssueServer("localhost");
        _clientCertificate = _authority.IssueClient(TestEvents.Gateway.ToString());
        _authority.WriteGatewayFiles(_folder.Path, _clientCertificate);
        _broker = new TestBroker(_authority, _serverCertificate);
    }

    public async ValueTask InitializeAsync() => await _broker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _serverCertificate.Dispose();
        _clientCertificate.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Connect_Session_IsAsAgreedAndSaysOnlineThenHeartbeats()
    {
        await using var gateway = new CloudHarness(_folder.Path, _broker.Port, heartbeat: TimeSpan.FromMilliseconds(100));
        await gateway.StartAsync();

        var presence = await _broker.NextAsync("presence");
        var heartbeat = await _broker.NextAsync("heartbeat");
        var second = await _broker.NextAsync("heartbeat");

        Assert.True(presence.Retain);
        Assert.True(presence.Data.GetProperty("online").GetBoolean());
        Assert.Equal("msl/v1/gw/test-gateway/heartbeat", heartbeat.Topic);
        Assert.False(heartbeat.Retain);
        Assert.Equal("jp.mslite.gateway.heartbeat", heartbeat.Json.GetProperty("type").GetString());
        Assert.Equal("monitor", heartbeat.Data.GetProperty("mode").GetString());
        Assert.NotEqual(heartbeat.Json.GetProperty("id").GetString(), second.Json.GetProperty("id").GetString());
        var connection = _broker.Connections.First();
        Assert.Equal("test-gateway", connection.ClientId);
        Assert.Equal(MqttProtocolVersion.V500, connection.ProtocolVersion);
        Assert.False(connection.CleanSession);
        Assert.True(connection.SessionExpiryInterval > 0);
        Assert.Equal("CN=test-gateway", connection.ClientCertificate.Subject);
        Assert.True(gateway.State.Current.Connected);
    }

    [Fact]
    public async Task Drain_WaitingEvents_GoOutByUrgencyAndLeaveTheOutbox()
    {
        await using var gateway = new CloudHarness(_folder.Path, _broker.Port);
        gateway.Outbox.TryPost(TestEvents.Make("statistics", Urgency.Statistics));
        gateway.Outbox.TryPost(TestEvents.Make("notice"));
        gateway.Outbox.TryPost(TestEvents.Make("incident", Urgency.Incident));
        await gateway.StartAsync();

        string[] rules = [await NextRuleAsync(), await NextRuleAsync(), await NextRuleAsync()];
        await CloudHarness.UntilAsync(() => gateway.Outbox.Counts.Queued == 0);

        Assert.Equal(["incident", "notice", "statistics"], rules);
        Assert.Equal(new OutboxCounts(0, Made: 3, Delivered: 3, Dropped: 0, Queued: 0), gateway.Outbox.Counts);
    }

    [Fact]
    public async Task Drain_BrokerRestarts_EveryEventArrives()
    {
        const int Events = 300;
        await using var gateway = new CloudHarness(_folder.Path, _broker.Port);
        await gateway.StartAsync();
        for (var i = 0; i < Events / 3; i++)
        {
            gateway.Outbox.TryPost(TestEvents.Make($"{i:000}"));
        }

        await NextRuleAsync();
        await _broker.StopAsync();
        for (var i = Events / 3; i < Events; i++)
        {
            gateway.Outbox.TryPost(TestEvents.Make($"{i:000}"));
        }

        await _broker.StartAsync();
        await CloudHarness.UntilAsync(() => gateway.Outbox.Counts.Queued == 0);

        // An acknowledgement lost in the restart leads to a second sending under the same id: what counts is the ids.
        var arrived = _broker.All.Where(message => message.Topic.EndsWith("event/detection", StringComparison.Ordinal))
            .DistinctBy(message => message.Json.GetProperty("id").GetString())
            .Select(Rule)
            .Order(StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, Events).Select(i => $"{i:000}"), arrived);
        Assert.Equal(new OutboxCounts(0, Events, Delivered: Events, Dropped: 0, Queued: 0), gateway.Outbox.Counts);
    }

    [Fact]
    public async Task Drain_BrokerRefusesOneForGood_GivesItUpAndSendsTheRest()
    {
        _broker.Answer = message => message.Topic.EndsWith("detection", StringComparison.Ordinal) && Rule(message) == "poison"
            ? MqttPubAckReasonCode.PayloadFormatInvalid
            : MqttPubAckReasonCode.Success;
        await using var gateway = new CloudHarness(_folder.Path, _broker.Port);
        gateway.Outbox.TryPost(TestEvents.Make("poison", Urgency.Incident));
        gateway.Outbox.TryPost(TestEvents.Make("good"));
        await gateway.StartAsync();

        Assert.Equal("good", await NextRuleAsync());
        await CloudHarness.UntilAsync(() => gateway.Outbox.Counts.Queued == 0);
        Assert.Equal(new OutboxCounts(0, Made: 2, Delivered: 1, Dropped: 1, Queued: 0), gateway.Outbox.Counts);
    }

    [Fact]
    public async Task Drain_BrokerHasNoQuotaForAWhile_KeepsTheEventUntilItIsTaken()
    {
        var refusals = 0;
        _broker.Answer = message => message.Topic.EndsWith("detection", StringComparison.Ordinal) && refusals++ == 0
            ? MqttPubAckReasonCode.QuotaExceeded
            : MqttPubAckReasonCode.Success;
        await using var gateway = new CloudHarness(_folder.Path, _broker.Port);
        gateway.Outbox.TryPost(TestEvents.Make("patient"));
        await gateway.StartAsync();

        Assert.Equal("patient", await NextRuleAsync());
        Assert.Equal(2, _broker.Connections.Count);
    }

    [Fact]
    public async Task ConnectionCut_WithoutGoodbye_BrokerPublishesTheWill()
    {
        await using var proxy = new CuttableProxy(_broker.Port);
        await using var gateway = new CloudHarness(_folder.Path, proxy.Port);
        await gateway.StartAsync();
        await _broker.NextAsync("presence");

        await proxy.DisposeAsync();

        // Retained messages show what a centre that comes later would see.
        await _broker.NextAsync("presence");
        var retained = await _broker.RetainedAsync(Topics.Presence(TestEvents.Gateway));
        Assert.NotNull(retained);
        Assert.False(new Published(retained.Topic, System.Buffers.BuffersExtensions.ToArray(retained.Payload), true).Data.GetProperty("online").GetBoolean());
    }

    [Fact]
    public async Task Stop_Orderly_LeavesPresenceOffline()
    {
        await using var gateway = new CloudHarness(_folder.Path, _broker.Port);
        await gateway.StartAsync();
        Assert.True((await _broker.NextAsync("presence")).Data.GetProperty("online").GetBoolean());

        await gateway.StopAsync();

        Assert.False((await _broker.NextAsync("presence")).Data.GetProperty("online").GetBoolean());
    }

    [Fact]
    public async Task Connect_ServerOfAnotherAuthority_IsRefused()
    {
        using var stranger = new TestAuthority();
        using var certificate = stranger.IssueServer("localhost");
        await using var broker = new TestBroker(_authority, certificate);
        await broker.StartAsync();
        await AssertRefusedAsync(broker, "localhost");
    }

    [Fact]
    public async Task Connect_ServerWithAnotherName_IsRefused() => await AssertRefusedAsync(_broker, "127.0.0.1");

    [Fact]
    public async Task Connect_CertificateOfAnotherAuthority_BrokerRefuses()
    {
        using var stranger = new TestAuthority();
        using var certificate = stranger.IssueClient(TestEvents.Gateway.ToString());
        _authority.WriteGatewayFiles(_folder.Path, certificate);
        await AssertRefusedAsync(_broker, "localhost");
    }

    private async Task AssertRefusedAsync(TestBroker broker, string host)
    {
        await using var gateway = new CloudHarness(_folder.Path, broker.Port, host);
        await gateway.StartAsync();
        gateway.Outbox.TryPost(TestEvents.Make("secret"));

        await CloudHarness.UntilAsync(() => gateway.State.Current.Reason is not null);

        Assert.False(gateway.State.Current.Connected);
        Assert.Empty(broker.All);
        Assert.Empty(broker.Connections);
    }

    private async Task<string> NextRuleAsync() => Rule(await _broker.NextAsync("event/detection"));

    private static string Rule(Published message) => message.Data.GetProperty("rule").GetString()!;
}
