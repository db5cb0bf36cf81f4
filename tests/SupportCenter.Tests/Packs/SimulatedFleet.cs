using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Packs;
using MediaSecurityLite.SupportCenter.Packs.Announcing;
using MediaSecurityLite.SupportCenter.Packs.Library;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Tests.Packs;

/// <summary>Thousands of gateways that obey announcements, and a clock that the test moves.</summary>
internal sealed class SimulatedFleet : IAsyncDisposable
{
    public const string Pack = "starter";

    private readonly Desk _desk;

    private SimulatedFleet(Desk desk, IReadOnlyList<string> gateways)
    {
        _desk = desk;
        Gateways = gateways;
    }

    public IReadOnlyList<string> Gateways { get; }

    public PackOptions Options => _desk.Packs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A fleet that has been there for a month, with version 1 to 9 imported.</summary>
    public static async Task<SimulatedFleet> OfAsync(int size)
    {
        string[] gateways = [.. Enumerable.Range(0, size).Select(i => $"gw-{i}")];
        var fleet = new SimulatedFleet(await Desk.OpenAsync(gateways), gateways);
        var now = fleet._desk.Time.GetUtcNow();
        await using var db = fleet._desk.CreateDbContext();
        await db.Gateways.ExecuteUpdateAsync(gateway => gateway.SetProperty(g => g.RegisteredAt, now.AddDays(-30)), Token);
        for (var version = 1; version <= 9; version++)
        {
            db.Packs.Add(new StoredPack
            {
                Name = Pack,
                Version = $"{version}",
                ManifestSha256 = new string((char)('0' + version), 64),
                Created = now,
                Expires = now.AddDays(30),
                Bytes = 1,
                ImportedAt = now,
            });
        }

        await db.SaveChangesAsync(Token);
        await fleet.BeSeenAsync(gateways);
        return fleet;
    }

    public async Task<(Rollout? Rollout, ReleaseRefusal? Refusal)> ReleaseAsync(string version, string channel = PatternChannels.Stable)
    {
        await using var db = _desk.CreateDbContext();
        return await new RolloutDesk(db, _desk.Time).ReleaseAsync(Pack, version, channel, Token);
    }

    public async Task<bool> TakeAsync(string version, RolloutStep step)
    {
        await using var db = _desk.CreateDbContext();
        var id = (await db.Rollouts.SingleAsync(rollout => rollout.Version == version, Token)).Id;
        return (await new RolloutDesk(db, _desk.Time).TakeAsync(id, step, Token))!.Value.Taken;
    }

    /// <summary>Time goes by, those who live say so, and the patrol looks once.</summary>
    public async Task PassAsync(TimeSpan time, IReadOnlyCollection<string>? living = null)
    {
        _desk.Time.Advance(time);
        await BeSeenAsync(living ?? Gateways);
        await _desk.PatrolRolloutsAsync();
    }

    public async Task<Rollout> RolloutAsync(string version)
    {
        await using var db = _desk.CreateDbContext();
        return await db.Rollouts.AsNoTracking().SingleAsync(rollout => rollout.Version == version, Token);
    }

    public async Task<PackAnnouncement> AnnouncementAsync(string channel = PatternChannels.Stable)
    {
        await using var db = _desk.CreateDbContext();
        return await Announcements.ReadAsync(db, channel, 1, "https://center.example/patterns", Token);
    }

    /// <summary>Gateways that take part in what is announced of a version now.</summary>
    public async Task<IReadOnlyList<string>> TakersAsync(string version)
    {
        var announced = (await AnnouncementAsync()).Packs.SingleOrDefault(pack => pack.Version == version);
        return announced is null
            ? []
            : [.. Gateways.Where(gateway => PackAnnouncement.TakesPart(announced.Name, version, GatewayId.Parse(gateway), announced.Share))];
    }

    public Task ReportAsync(IEnumerable<string> gateways, string version, PatternsStep step) => StoreAsync(db => db.UpdateReports.AddRange(
        gateways.Select(gateway => new UpdateReport
        {
            EventId = Guid.NewGuid(),
            GatewayId = gateway,
            Pack = Pack,
            Version = version,
            Step = step,
            OccurredAt = _desk.Time.GetUtcNow(),
            ReceivedAt = _desk.Time.GetUtcNow(),
            Payload = "{}",
        })));

    /// <summary>Each of the gateways detects so many times, now or a while ago.</summary>
    public Task DetectAsync(IEnumerable<string> gateways, int times, TimeSpan ago = default) => StoreAsync(db => db.Events.AddRange(
        from gateway in gateways
        from _ in Enumerable.Range(0, times)
        select new StoredEvent
        {
            EventId = Guid.NewGuid(),
            GatewayId = gateway,
            Kind = DetectionKind.Category,
            Action = DetectionAction.Blocked,
            OccurredAt = _desk.Time.GetUtcNow() - ago,
            ReceivedAt = _desk.Time.GetUtcNow() - ago,
            Payload = "{}",
        }));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private async Task BeSeenAsync(IReadOnlyCollection<string> gateways)
    {
        var now = _desk.Time.GetUtcNow();
        await using var db = _desk.CreateDbContext();
        var seen = gateways.Count == Gateways.Count ? db.Gateways : db.Gateways.Where(gateway => gateways.Contains(gateway.Id));
        await seen.ExecuteUpdateAsync(gateway => gateway.SetProperty(g => g.LastSeenAt, now), Token);
    }

    private async Task StoreAsync(Action<SupportCenter.Storage.CenterDb> add)
    {
        await using var db = _desk.CreateDbContext();
        add(db);
        await db.SaveChangesAsync(Token);
    }
}
