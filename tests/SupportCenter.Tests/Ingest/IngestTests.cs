using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Ingest;
using Microsoft.EntityFrameworkCore;
using MQTTnet;

namespace MediaSecurityLite.SupportCenter.Tests.Ingest;

public sealed class IngestTests : IAsyncLifetime
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
    public async Task Publish_Detection_IsCommittedWhenAcknowledged()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);
        var sent = Messages.Event("gw-1", Messages.Detection(DetectionKind.Category, DetectionAction.Blocked, name: "gambling"));

        var result = await PublishAsync(client, sent);

        Assert.True(result.IsSuccess);
        await using var db = _center.OpenDb();
        var stored = await db.Events.SingleAsync(Token);
        Assert.Equal(sent.Id, stored.EventId);
        Assert.Equal(sent.Data, JsonSerializer.Deserialize(stored.Payload, ContractsJson.Default.DetectionEvent));
        Assert.Equal(0, await db.Incidents.CountAsync(Token) + await db.Mails.CountAsync(Token));
    }

    [Fact]
    public async Task Publish_SameEventTwice_IsStoredOnceAndAcknowledgedTwice()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);
        var sent = Messages.Event("gw-1", Messages.Detection());

        Assert.True((await PublishAsync(client, sent)).IsSuccess);
        Assert.True((await PublishAsync(client, sent)).IsSuccess);

        await using var db = _center.OpenDb();
        Assert.Equal(1, await db.Events.CountAsync(Token));
        Assert.Equal(1, (await db.Incidents.SingleAsync(Token)).Count);
        Assert.Equal(1, await db.Mails.CountAsync(Token));
        Assert.Equal(0, await db.DeadLetters.CountAsync(Token));
    }

    [Fact]
    public async Task Publish_SameEventAfterRestart_IsStoredOnce()
    {
        var sent = Messages.Event("gw-1", Messages.Detection());
        using (var client = await _center.ConnectAsync("gw-1", _certificate))
        {
            await PublishAsync(client, sent);
        }

        await _center.DisposeAsync();
        _center = await RunningCenter.StartAsync(_folder.Path);
        using var again = await _center.ConnectAsync("gw-1", _certificate);
        Assert.True((await PublishAsync(again, sent)).IsSuccess);

        await using var db = _center.OpenDb();
        Assert.Equal(1, await db.Events.CountAsync(Token));
        Assert.Equal(0, await db.DeadLetters.CountAsync(Token));
    }

    [Fact]
    public async Task Publish_SameIdFromTwoGateways_AreTwoEvents()
    {
        using var other = await _center.RegisterAsync("gw-2");
        using var first = await _center.ConnectAsync("gw-1", _certificate);
        using var second = await _center.ConnectAsync("gw-2", other);
        var id = Guid.CreateVersion7(Messages.Noon);

        await PublishAsync(first, Messages.Event("gw-1", Messages.Detection(), id));
        await RunningCenter.PublishAsync(second, Messages.DetectionTopic("gw-2"), Messages.Bytes(Messages.Event("gw-2", Messages.Detection(), id)));

        await using var db = _center.OpenDb();
        Assert.Equal(2, await db.Events.CountAsync(Token));
    }

    [Fact]
    public async Task Publish_ManyAtOnceFromManyGateways_AllAreStored()
    {
        const int gateways = 4;
        const int each = 100;
        async Task SendAsync(int number)
        {
            using var certificate = await _center.RegisterAsync($"many-{number}");
            using var client = await _center.ConnectAsync($"many-{number}", certificate);
            await Task.WhenAll(Enumerable.Range(0, each).Select(_ => RunningCenter.PublishAsync(
                client, Messages.DetectionTopic($"many-{number}"), Messages.Bytes(Messages.Event($"many-{number}", Messages.Detection())))));
        }

        await Task.WhenAll(Enumerable.Range(0, gateways).Select(SendAsync));

        await using var db = _center.OpenDb();
        Assert.Equal(gateways * each, await db.Events.CountAsync(Token));
        Assert.Equal(gateways, await db.Incidents.CountAsync(Token));
        Assert.All(await db.Incidents.ToListAsync(Token), incident => Assert.Equal(each, incident.Count));
    }

    public static TheoryData<string, string, DeadLetterReason> BadMessages()
    {
        var good = Messages.Event("gw-1", Messages.Detection());
        var text = Encoding.UTF8.GetString(Messages.Bytes(good));
        var topic = Messages.DetectionTopic("gw-1");
        return new TheoryData<string, string, DeadLetterReason>
        {
            { topic, "", DeadLetterReason.Malformed },
            { topic, "not json", DeadLetterReason.Malformed },
            { topic, "null", DeadLetterReason.Malformed },
            { topic, "{}", DeadLetterReason.Malformed },
            { topic, text[..^1], DeadLetterReason.Malformed },
            { topic, text + "x", DeadLetterReason.Malformed },
            { topic, text + text, DeadLetterReason.Malformed },
            { topic, text.Replace("\"1.0\"", "\"2.0\"", StringComparison.Ordinal), DeadLetterReason.Malformed },
            { topic, text.Replace("c2.bad.example", "\\ud800", StringComparison.Ordinal), DeadLetterReason.Malformed },
            { topic, new string(' ', MessageReader.MaxPayloadLength) + text, DeadLetterReason.TooLarge },
            { topic, text.Replace("/gateways/gw-1", "/gateways/gw-2", StringComparison.Ordinal), DeadLetterReason.ForeignSource },
            { topic, text.Replace("gateway.detection", "gateway.heartbeat", StringComparison.Ordinal), DeadLetterReason.WrongType },
            { topic, text.Replace("192.168.1.23", "192.168.1.999", StringComparison.Ordinal), DeadLetterReason.InvalidField },
            { topic, text.Replace("192.168.1.23", "fe80::1%eth0", StringComparison.Ordinal), DeadLetterReason.InvalidField },
            { topic, text.Replace("\"TCP\"", "\"ICMP\"", StringComparison.Ordinal), DeadLetterReason.InvalidField },
            { topic, text.Replace(":443", ":70000", StringComparison.Ordinal), DeadLetterReason.InvalidField },
            { topic, text.Replace("\"CommandAndControl\"", "99", StringComparison.Ordinal), DeadLetterReason.InvalidField },
            { "msl/v1/gw/gw-1/event/unheard-of", text, DeadLetterReason.UnknownTopic },
            { "msl/v1/gw/gw-1/desired", text, DeadLetterReason.UnknownTopic },
            { "msl/v1/gw/gw-1/heartbeat", text, DeadLetterReason.Malformed },
        };
    }

    [Theory]
    [MemberData(nameof(BadMessages))]
    public async Task Publish_BadMessage_IsPutAsideAndTheNextIsStored(string topic, string payload, DeadLetterReason reason)
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);

        var bad = await RunningCenter.PublishAsync(client, topic, Encoding.UTF8.GetBytes(payload));
        var good = await PublishAsync(client, Messages.Event("gw-1", Messages.Detection()));

        Assert.True(bad.IsSuccess);
        Assert.True(good.IsSuccess);
        await using var db = _center.OpenDb();
        var letter = await db.DeadLetters.SingleAsync(Token);
        Assert.Equal(reason, letter.Reason);
        Assert.Equal(Encoding.UTF8.GetByteCount(payload), letter.Size);
        Assert.Equal(1, await db.Events.CountAsync(Token));
    }

    [Fact]
    public async Task Publish_HostileHostName_IsCleanedAndStillAnIncident()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);
        var hostile = "evil\r\nBcc: x@example.com\u202Egnp.exe\0" + new string('a', 5000);

        await PublishAsync(client, Messages.Event("gw-1", Messages.Detection(host: hostile)));

        await using var db = _center.OpenDb();
        var stored = JsonSerializer.Deserialize((await db.Events.SingleAsync(Token)).Payload, ContractsJson.Default.DetectionEvent)!;
        Assert.StartsWith("evil\uFFFD\uFFFDBcc: x@example.com\uFFFDgnp.exe\uFFFDaaa", stored.Host, StringComparison.Ordinal);
        Assert.Equal(255, stored.Host!.Length);
        Assert.Equal(1, await db.Incidents.CountAsync(Token));
    }

    [Fact]
    public async Task Publish_Heartbeat_UpdatesTheGateway()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);

        await RunningCenter.PublishAsync(client, Topics.Heartbeat(GatewayId.Parse("gw-1")), Messages.Bytes(Messages.Heartbeat("gw-1")));

        await using var db = _center.OpenDb();
        var gateway = await db.Gateways.SingleAsync(Token);
        Assert.Equal(("0.1.0", "2026.04.01", "monitor", true), (gateway.AgentVersion, gateway.PackVersion, gateway.Mode, gateway.Connected));
        Assert.Equal(0, await db.Events.CountAsync(Token));
    }

    [Fact]
    public async Task Publish_PresenceOfTheEnd_LeavesTheGatewayUnconnected()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);

        await RunningCenter.PublishAsync(client, Topics.Presence(GatewayId.Parse("gw-1")), Messages.Bytes(Messages.Presence("gw-1", false)), retain: true);

        await using var db = _center.OpenDb();
        Assert.False((await db.Gateways.SingleAsync(Token)).Connected);
    }

    private static Task<MqttClientPublishResult> PublishAsync(IMqttClient client, CloudEvent<DetectionEvent> envelope) =>
        RunningCenter.PublishAsync(client, Messages.DetectionTopic("gw-1"), Messages.Bytes(envelope));
}
