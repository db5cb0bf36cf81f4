using System.Diagnostics.Metrics;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Console;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Packs;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MediaSecurityLite.SupportCenter.Tests;

/// <summary>The rooms behind the broker, on a database of their own and a clock that the test moves.</summary>
internal sealed class Desk : IAsyncDisposable, IDbContextFactory<CenterDb>
{
    private readonly TemporaryFolder _folder = new();
    private readonly MeterFactory _meters = new();
    private readonly WriteTurn _turn = new();

    public FakeTimeProvider Time { get; } = new(Messages.Noon);

    public FleetOptions Fleet { get; } = new();

    public IncidentOptions Incidents { get; } = new();

    public PackOptions Packs { get; } = new();

    public MailSignal Mails { get; } = new();

    public static async Task<Desk> OpenAsync(params string[] gateways)
    {
        var desk = new Desk();
        await DataDirectory.PrepareAsync(desk._folder.Path, Token);
        await using var db = desk.CreateDbContext();
        foreach (var gateway in gateways)
        {
            db.Gateways.Add(new FleetMember
            {
                Id = gateway,
                Name = "山田商店",
                Mail = "yamada@example.com",
                Language = "ja",
                CertificateThumbprint = "-",
                RegisteredAt = desk.Time.GetUtcNow(),
            });
        }

        await db.SaveChangesAsync(Token);
        return desk;
    }

    public CenterDb CreateDbContext() => DataDirectory.OpenDb(_folder.Path);

    /// <summary>The centre's rooms as after a start: with an empty memory.</summary>
    public Shift Start()
    {
        var liveness = new Liveness(Time);
        var book = new IncidentBook(new MailComposer(new SupportOptions()));
        return new Shift(
            new ArrivalBatch(this, _turn, book, liveness, Time),
            new FleetPatrol(this, _turn, book, liveness, Mails, new ConsoleFeed(), Fleet, Incidents, Time, NullLogger<FleetPatrol>.Instance));
    }

    public MailDispatcher Dispatcher(IMailTransport transport) => new(
        this, _turn, transport, new MailOptions { From = "support@mslite.example" }, Mails, new ConsoleFeed(),
        new NotificationMetrics(_meters), new ImpatientTime(Time), NullLogger<MailDispatcher>.Instance);

    /// <summary>Looks at rollouts, as after a start: with an empty memory.</summary>
    public Task PatrolRolloutsAsync() =>
        new RolloutPatrol(this, _turn, new ConsoleFeed(), Packs, Time, NullLogger<RolloutPatrol>.Instance).WalkAsync(Token);

    public async Task<List<QueuedMail>> MailsAsync()
    {
        await using var db = CreateDbContext();
        return await db.Mails.AsNoTracking().OrderBy(mail => mail.CreatedAt).ThenBy(mail => mail.Id).ToListAsync(Token);
    }

    public async Task<List<Incident>> IncidentsAsync()
    {
        await using var db = CreateDbContext();
        return await db.Incidents.AsNoTracking().Include(incident => incident.Evidence).OrderBy(incident => incident.Id).ToListAsync(Token);
    }

    public ValueTask DisposeAsync()
    {
        Mails.Dispose();
        _meters.Dispose();
        _turn.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>From one start of the centre to its end.</summary>
    internal sealed class Shift(ArrivalBatch batch, FleetPatrol patrol)
    {
        public Task PatrolAsync() => patrol.WalkAsync(Token);

        public Task<BatchResult> HeartbeatAsync(string gateway) =>
            batch.WriteAsync([new HeartbeatArrival(GatewayId.Parse(gateway), Messages.Heartbeat(gateway).Data)], Token);

        public Task<BatchResult> PresenceAsync(string gateway, bool online) =>
            batch.WriteAsync([new PresenceArrival(GatewayId.Parse(gateway), online)], Token);

        public Task<BatchResult> DetectAsync(string gateway, params DetectionEvent[] detections) => batch.WriteAsync(
            [.. detections.Select(detection => new DetectionArrival(GatewayId.Parse(gateway), Messages.Event(gateway, detection)))], Token);
    }

    private sealed class MeterFactory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
