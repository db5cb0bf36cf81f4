using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>
/// Leads announced packs through their steps, watches those that came into force, and brings the previous one back where detections
/// explode. Every step is kept on disk and told to the centre before the next begins.
/// </summary>
internal sealed partial class PackUpdater(
    GatewaySettings settings,
    PackUpdate update,
    PackShelf shelf,
    UpdateStore store,
    PatternState patterns,
    SnapshotService snapshots,
    SnapshotState snapshot,
    DetectionReporter detections,
    PatternEvents events,
    TimeProvider time,
    ILogger<PackUpdater> logger)
{
    private readonly BlockRate _rate = new();
    private readonly HashSet<string> _stale = [];
    private readonly Dictionary<string, DateTimeOffset> _told = [];
    private ClockState _clock;
    private bool _watched;

    private UpdatesOptions Options => settings.Updates;

    /// <summary>Follows an announcement as far as it goes.</summary>
    public async Task FollowAsync(PackAnnouncement announcement, IPackSource source, CancellationToken cancellationToken)
    {
        await FollowRootAsync(announcement.RootVersion, source, cancellationToken);
        foreach (var offers in announcement.Packs.GroupBy(pack => pack.Name, StringComparer.Ordinal))
        {
            if (Choose(offers) is { } offer)
            {
                await AdvanceAsync(Begin(offer, announcement.Base), source, cancellationToken);
            }
        }
    }

    /// <summary>Goes on where a crash interrupted, without a new announcement.</summary>
    public async Task ResumeAsync(Func<UpdateState, IPackSource> source, CancellationToken cancellationToken)
    {
        foreach (var state in store.ReadAll().Where(state => state.IsUnderWay))
        {
            await AdvanceAsync(state, source(state), cancellationToken);
        }
    }

    /// <summary>Every few seconds: watches packs on probation, and the time.</summary>
    public void Watch()
    {
        var now = time.GetUtcNow();
        _rate.Read(now, detections.Detections);
        var states = store.ReadAll();
        TellOfTheConsole(states);
        foreach (var state in states.Where(state => state.Step == PatternsStep.Installed))
        {
            if (Exploded(state))
            {
                RollBack(state, UpdateRefusal.BlocksExploded, $"{_rate.Now} detections a minute after the change, {state.BlocksPerMinute:0.#} before");
            }
            else if (now - state.Since >= Options.Probation)
            {
                Keep(state.To(PatternsStep.Confirmed, now));
            }
        }

        WatchTime(now);
    }

    /// <summary>
    /// The rule: in this minute or the one before there were more detections than the floor, and more than the factor times those of the
    /// hour before the change.
    /// </summary>
    private bool Exploded(UpdateState state) => _rate.Now > Math.Max(Options.RollbackFloor, Options.RollbackFactor * state.BlocksPerMinute);

    private async Task FollowRootAsync(int version, IPackSource source, CancellationToken cancellationToken)
    {
        try
        {
            var before = update.Trust().Root.Document.Version;
            await update.RefreshRootAsync(version, source, cancellationToken);
            if (update.Trust().Root.Document.Version != before)
            {
                snapshots.ReloadPatterns(); // what a withdrawn key signed goes
            }
        }
        catch (Exception e) when (e is UpdateRefusal or RootException or IOException)
        {
            events.Post(new PatternsEvent { Pack = "root", ToVersion = $"{version}", Step = PatternsStep.Refused, ReasonCode = UpdateRefusal.Root, Reason = e.Message });
        }
    }

    /// <summary>The highest version on offer that this box takes part in, is newer than the one in force, and was not refused for good.</summary>
    private AnnouncedPack? Choose(IEnumerable<AnnouncedPack> offers)
    {
        var byVersion = offers
            .Where(offer => PackAnnouncement.TakesPart(offer.Name, offer.Version, settings.Gateway.Id, offer.Share))
            .OrderByDescending(offer => VersionOf(offer.Version));
        foreach (var offer in byVersion)
        {
            var inForce = InForce(offer.Name);
            if (inForce is null ? Packs.Count >= PatternSet.MaxPacks : VersionOf(offer.Version) <= VersionOf(inForce.Version))
            {
                return null;
            }

            if (store.Read(offer.Name) is not { } state || state.ManifestSha256 != offer.ManifestSha256 || MayGoOn(state))
            {
                return offer;
            }
        }

        return null;
    }

    private bool MayGoOn(UpdateState state) =>
        state.IsUnderWay || (state is { Step: PatternsStep.Refused, MayPass: true } && time.GetUtcNow() - state.Since >= Options.RetryInterval);

    private UpdateState Begin(AnnouncedPack offer, string baseAddress)
    {
        var known = store.Read(offer.Name);
        if (known?.ManifestSha256 == offer.ManifestSha256)
        {
            return (known.IsUnderWay ? known : known.To(PatternsStep.Announced, time.GetUtcNow())) with { Base = baseAddress };
        }

        shelf.Clear(offer.Name);
        var state = new UpdateState
        {
            Pack = offer.Name,
            FromVersion = InForce(offer.Name)?.Version,
            Version = offer.Version,
            ManifestSha256 = offer.ManifestSha256,
            Base = baseAddress,
            Step = PatternsStep.Announced,
            Since = time.GetUtcNow(),
        };
        Keep(state);
        return state;
    }

    private async Task AdvanceAsync(UpdateState state, IPackSource source, CancellationToken cancellationToken)
    {
        var restarted = false;
        while (state.IsUnderWay)
        {
            var next = await NextAsync(state, source, cancellationToken);
            if (next.Step == PatternsStep.Announced && restarted)
            {
                next = state.To(PatternsStep.Refused, time.GetUtcNow()) with { ReasonCode = UpdateRefusal.Damaged, Reason = "what was fetched is lost again and again", MayPass = true };
            }

            restarted |= next.Step == PatternsStep.Announced;
            if (next.Step == PatternsStep.Installed)
            {
                next = next with { BlocksPerMinute = _rate.PerMinute };
                snapshots.ReloadPatterns();
            }

            Keep(next);
            if (next.Step == PatternsStep.Installed || next is { Step: PatternsStep.Refused, MayPass: false })
            {
                shelf.Clear(next.Pack);
            }

            state = next;
        }
    }

    private async Task<UpdateState> NextAsync(UpdateState state, IPackSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await update.StepAsync(state, source, snapshot.Current.Policy, cancellationToken);
        }
        catch (UpdateRefusal e)
        {
            var tested = (e as BackTestRefusal)?.Tested;
            return state.To(PatternsStep.Refused, time.GetUtcNow()) with
            {
                ReasonCode = e.Code,
                Reason = e.Message,
                MayPass = e.MayPass,
                NewlyBlockedNames = tested?.NewlyBlockedNames,
                Terminals = tested?.Terminals,
            };
        }
    }

    private void RollBack(UpdateState state, string code, string reason)
    {
        using (shelf.Lock())
        {
            shelf.RollBack(state.Pack);
        }

        snapshots.ReloadPatterns();
        Keep(state.To(PatternsStep.RolledBack, time.GetUtcNow()) with { ReasonCode = code, Reason = reason });
    }

    /// <summary>What <c>mslgw patterns</c> did while the agent ran.</summary>
    private void TellOfTheConsole(IReadOnlyList<UpdateState> states)
    {
        foreach (var state in states.Where(state => _told.TryGetValue(state.Pack, out var since) ? since != state.Since : _watched))
        {
            events.Post(state);
            _told[state.Pack] = state.Since;
        }

        if (!_watched)
        {
            _watched = true;
            foreach (var state in states)
            {
                _told[state.Pack] = state.Since; // before this start
            }
        }
    }

    /// <summary>Tells and keeps. The event comes first: a crash between the two tells it twice, never not at all.</summary>
    private void Keep(UpdateState state)
    {
        events.Post(state);
        _told[state.Pack] = state.Since;
        try
        {
            store.Write(state);
        }
        catch (IOException e)
        {
            // A full disk. The step is done again at the next start; that is what steps are made for.
            Log.NotKept(logger, state.Pack, e.Message);
        }
    }

    private void WatchTime(DateTimeOffset now)
    {
        TrustedTime trusted;
        try
        {
            trusted = update.Trust().Time(now);
        }
        catch (Exception e) when (e is RootException or IOException)
        {
            return; // said when packs were loaded
        }

        if (trusted.Clock != _clock)
        {
            _clock = trusted.Clock;
            if (_clock != ClockState.Believed)
            {
                Log.Clock(logger, now, trusted.Now);
            }
        }

        foreach (var pack in Packs.Where(pack => pack.Manifest.Expires < trusted.Now && _stale.Add(pack.Front.Sha256)))
        {
            events.Post(new PatternsEvent
            {
                Pack = pack.Manifest.Name,
                ToVersion = pack.Version,
                Step = PatternsStep.Stale,
                ReasonCode = "expired",
                Reason = $"it ended on {pack.Manifest.Expires:yyyy-MM-dd} and no newer one came; it stays in force",
            });
        }
    }

    private IReadOnlyList<PatternPack> Packs => (patterns.Set as PatternSet)?.Packs ?? [];

    private PatternPack? InForce(string name) => Packs.FirstOrDefault(pack => pack.Manifest.Name == name);

    private static PackVersion VersionOf(string text) => PackVersion.TryParse(text, out var version) ? version : default;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "How far pattern pack {Pack} got could not be kept: {Reason}")]
        public static partial void NotKept(ILogger logger, string pack, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The clock says {Clock}, which cannot be right; packs are judged by {Trusted}")]
        public static partial void Clock(ILogger logger, DateTimeOffset clock, DateTimeOffset trusted);
    }
}
