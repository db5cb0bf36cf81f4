using MediaSecurityLite.Gateway.Cloud;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Updates;
using Microsoft.Extensions.Logging.Abstractions;

namespace MediaSecurityLite.Gateway.Tests.Cloud;

/// <summary>The outbox and the cloud session as the agent composes them, without the rest.</summary>
internal sealed class CloudHarness : IAsyncDisposable
{
    private readonly OutboxService _outboxService;
    private readonly CloudService _cloudService;

    public CloudHarness(string folder, int port, string host = "localhost", TimeSpan? heartbeat = null)
    {
        var settings = TestSettings.Of(
            folder,
            new CloudOptions
            {
                Host = host,
                Port = port,
                CaFile = Path.Combine(folder, "ca.pem"),
                CertificateFile = Path.Combine(folder, "gateway.pem"),
                KeyFile = Path.Combine(folder, "gateway.key"),
                HeartbeatInterval = heartbeat ?? TimeSpan.FromHours(1),
            });
        var time = TimeProvider.System;
        var messages = new CloudMessages(settings.Gateway.Id, time);
        var status = new GatewayStatus(
            settings, new PacketCounters(), new DetectionReporter(Outbox, settings, time), Outbox, State, new PatternState(), new PolicyState(), time);
        _outboxService = new OutboxService(Outbox, settings, time, NullLogger<OutboxService>.Instance);
        _cloudService = new CloudService(
            new CloudSession(
                settings,
                messages,
                new OutboxDrain(Outbox, messages, NullLogger<OutboxDrain>.Instance),
                new HeartbeatSource(settings, status, messages, time),
                Announcements,
                State,
                time,
                NullLogger<CloudSession>.Instance),
            State, time, NullLogger<CloudService>.Instance);
    }

    public EventOutbox Outbox { get; } = new();

    public CloudState State { get; } = new();

    public Announcements Announcements { get; } = new();

    public async Task StartAsync()
    {
        await _outboxService.StartAsync(CancellationToken.None);
        await _cloudService.StartAsync(CancellationToken.None);
    }

    /// <summary>Waits until the state is as it must become.</summary>
    public static async Task UntilAsync(Func<bool> state)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(40));
        while (!state())
        {
            await Task.Delay(10, patience.Token);
        }
    }

    public async Task StopAsync()
    {
        await _cloudService.StopAsync(CancellationToken.None);
        await _outboxService.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _cloudService.Dispose();
        _outboxService.Dispose();
        Outbox.Dispose();
    }
}
