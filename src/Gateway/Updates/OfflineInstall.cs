using System.Globalization;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>
/// Brings packs into force from a file or a repository folder, by the same steps and checks as over the network; only the back-test has
/// nothing to try them on, because what terminals talked to never leaves the agent's memory.
/// </summary>
internal sealed class OfflineInstall
{
    private readonly PackShelf _shelf;
    private readonly TrustFolder _trust;
    private readonly PackUpdate _update;
    private readonly UpdateStore _store;
    private readonly PatternState _state = new();
    private readonly TimeProvider _time;

    public OfflineInstall(GatewaySettings settings, TimeProvider time)
    {
        _time = time;
        _shelf = settings.Patterns.ShelfIn(settings.Gateway.DataDirectory);
        _trust = settings.Patterns.TrustIn(settings.Gateway.DataDirectory);
        _store = new UpdateStore(_shelf);
        _update = new PackUpdate(_shelf, _trust, new PackSelfTest(settings.Cloud.Host), new ContactRecord(), _state, settings.Updates, time);
    }

    /// <summary>Installs a pack file, or the newest version of every pack of a repository folder.</summary>
    /// <returns>What became of each.</returns>
    /// <exception cref="UpdateRefusal">The file is no pack that could be installed.</exception>
    public async Task<IReadOnlyList<UpdateState>> InstallAsync(string path, CancellationToken cancellationToken)
    {
        LookAtPacksInForce();
        if (!Directory.Exists(path))
        {
            var opening = PatternPack.Open(path, _trust.Read().Root.Signers);
            using var pack = opening.Pack ?? throw UpdateRefusal.Of(opening.Fault!);
            return [await InstallAsync(pack.Front, new FileSource(pack), cancellationToken)];
        }

        var source = new FolderSource(path);
        await _update.RefreshRootAsync(NewestRoot(path), source, cancellationToken);
        var states = new List<UpdateState>();
        foreach (var front in NewestFronts(path))
        {
            states.Add(await InstallAsync(front, source, cancellationToken));
            LookAtPacksInForce();
        }

        return states;
    }

    /// <summary>Brings the previous version of a pack back.</summary>
    /// <returns>The version that was given up; null where the pack is not there.</returns>
    public string? RollBack(string name)
    {
        LookAtPacksInForce();
        var inForce = ((PatternSet)_state.Set).Packs.FirstOrDefault(pack => pack.Manifest.Name == name);
        if (!File.Exists(_shelf.Current(name)))
        {
            return null;
        }

        using (_shelf.Lock())
        {
            _shelf.RollBack(name);
        }

        if (_store.Read(name) is { } state && state.MayBecome(PatternsStep.RolledBack))
        {
            _store.Write(state.To(PatternsStep.RolledBack, _time.GetUtcNow()) with { ReasonCode = UpdateRefusal.ByHand, Reason = "at the console" });
        }

        return inForce?.Version ?? "?";
    }

    private async Task<UpdateState> InstallAsync(PackFront front, IPackSource source, CancellationToken cancellationToken)
    {
        var manifest = front.Manifest;
        _shelf.Clear(manifest.Name);
        var state = new UpdateState
        {
            Pack = manifest.Name,
            FromVersion = ((PatternSet)_state.Set).Packs.FirstOrDefault(pack => pack.Manifest.Name == manifest.Name)?.Version,
            Version = manifest.Version,
            ManifestSha256 = front.Sha256,
            Base = "",
            Step = PatternsStep.Announced,
            Since = _time.GetUtcNow(),
        };
        while (state.IsUnderWay)
        {
            state = await _update.StepAsync(state, source, PolicySet.Default, cancellationToken);
        }

        _store.Write(state);
        _shelf.Clear(manifest.Name);
        return state;
    }

    private void LookAtPacksInForce() => _state.Accept(
        PatternSet.Combine([.. PatternFolder.Open(_shelf, _trust.Read().Root.Signers).Select(one => one.Opening.Pack).OfType<PatternPack>().Take(PatternSet.MaxPacks)]), []);

    private List<PackFront> NewestFronts(string folder)
    {
        var signers = _trust.Read().Root.Signers;
        var fronts = new List<PackFront>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "manifests")).Order(StringComparer.Ordinal))
        {
            if (PackFront.CheckFile(file, signers, out var front) is { } fault)
            {
                throw UpdateRefusal.Of(fault);
            }

            fronts.Add(front!);
        }

        return [.. fronts.GroupBy(front => front.Manifest.Name, StringComparer.Ordinal).Select(same => same.MaxBy(VersionOf)!)];
    }

    private static PackVersion VersionOf(PackFront front) => PackVersion.TryParse(front.Manifest.Version, out var version) ? version : default;

    private static int NewestRoot(string folder) => Directory.EnumerateFiles(Path.Combine(folder, "root"), "*.json")
        .Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0)
        .DefaultIfEmpty().Max();
}
