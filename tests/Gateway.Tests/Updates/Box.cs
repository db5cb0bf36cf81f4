using System.Text;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Updates;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Verdicts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MediaSecurityLite.Gateway.Tests.Updates;

/// <summary>The parts of the agent that bring packs into force, as it composes them. A new one over the same folder is a restart.</summary>
internal sealed class Box : IDisposable
{
    private readonly Publisher _publisher;
    private readonly PolicyState _policy = new();

    public Box(Publisher publisher, Mirror mirror, string folder, FakeTimeProvider? time = null)
    {
        _publisher = publisher;
        Mirror = mirror;
        Folder = folder;
        Time = time ?? new FakeTimeProvider(Publisher.Start.AddHours(2));
        var settings = TestSettings.Of(folder);
        settings = settings with { Patterns = new PatternsOptions { Root = publisher.RootFile }, Updates = Options };
        Shelf = settings.Patterns.ShelfIn(folder);
        Trust = settings.Patterns.TrustIn(folder);
        Store = new UpdateStore(Shelf);
        var events = new PatternEvents(Outbox, Time, NullLogger<PatternEvents>.Instance);
        Detections = new DetectionReporter(Outbox, settings, Time);
        Snapshots = new SnapshotService(
            new PolicyLoader(settings, _policy, NullLogger<PolicyLoader>.Instance), _policy,
            new PatternLoader(settings, Patterns, events, NullLogger<PatternLoader>.Instance), Patterns, Snapshot, settings, Contacts);
        Update = new PackUpdate(Shelf, Trust, new PackSelfTest("center.example"), Contacts, Patterns, Options, Time);
        Updater = new PackUpdater(
            settings, Update, Shelf, Store, Patterns, Snapshots, Snapshot, Detections, events, Time, NullLogger<PackUpdater>.Instance);
        Snapshots.ReloadPatterns();
        Shelf.Prepare();
        Source = new PackFetcher(new HttpClient(mirror, disposeHandler: false), Mirror.Base, Shelf.Sections, Time, TimeSpan.Zero);
    }

    public UpdatesOptions Options { get; } = new();

    public string Folder { get; }

    public Mirror Mirror { get; }

    public FakeTimeProvider Time { get; }

    public EventOutbox Outbox { get; } = new();

    public PatternState Patterns { get; } = new();

    public ContactRecord Contacts { get; } = new();

    public SnapshotState Snapshot { get; } = new();

    public DetectionReporter Detections { get; }

    public SnapshotService Snapshots { get; }

    public PackShelf Shelf { get; }

    public TrustFolder Trust { get; }

    public UpdateStore Store { get; }

    public PackUpdate Update { get; }

    public PackUpdater Updater { get; }

    public PackFetcher Source { get; }

    public string? InForce => Patterns.Version;

    /// <summary>What was told since the last time.</summary>
    public IReadOnlyList<PatternsEvent> Told()
    {
        var told = new List<PatternsEvent>();
        while (Outbox.Queue.TryRead(out var item))
        {
            if (item is OutboundEvent<PatternsEvent> happened)
            {
                told.Add(happened.Data);
            }
        }

        return told;
    }

    public async Task<IReadOnlyList<PatternsEvent>> FollowAsync(params AnnouncedPack[] packs)
    {
        await Updater.FollowAsync(
            new PackAnnouncement { Packs = packs, RootVersion = Directory.GetFiles(Path.Combine(_publisher.Repository, "root")).Length, Base = Mirror.Base },
            Source, TestContext.Current.CancellationToken);
        return Told();
    }

    /// <summary>A terminal visits a site.</summary>
    public void Visit(string host, uint terminal = 0x0A000001) => Contacts.OnName(
        IpAddress.FromV4(terminal), Encoding.ASCII.GetBytes(host), "/"u8, isLookup: false, (Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);

    /// <summary>So many things are found at once, each on another terminal.</summary>
    public void Detect(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Detections.OnDetection(new Detection
            {
                Kind = Inspection.Verdicts.DetectionKind.CommandAndControl,
                Action = VerdictAction.Accept,
                Name = "testbot",
                Rule = "evil.example",
                RuleSource = "feed",
                PackVersion = "1",
                Timestamp = 1,
                Terminal = IpAddress.FromV4((uint)(0x0A000000 + i)),
                TerminalPort = 50000,
                FlowId = i,
                Remote = IpAddress.FromV4(0xC0000201),
                RemotePort = 443,
                Protocol = 6,
            });
        }
    }

    public bool Knows(string name)
    {
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        return Snapshot.Current.Patterns.FindName(Encoding.ASCII.GetBytes(name), matches) > 0;
    }

    public void Dispose()
    {
        Snapshots.Dispose();
        Outbox.Dispose();
    }
}
