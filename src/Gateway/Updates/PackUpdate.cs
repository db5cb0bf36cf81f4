using System.Security.Cryptography;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Delivery;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>
/// One pack's way from its announcement into force, a step at a time. Each step reads what the one before left on disk and leaves its
/// own there, so it may be done again after a crash; the pack in force is touched by nothing but the renaming at the end.
/// </summary>
internal sealed class PackUpdate(
    PackShelf shelf,
    TrustFolder trusted,
    PackSelfTest selfTest,
    ContactRecord contacts,
    PatternState patterns,
    UpdatesOptions options,
    TimeProvider time)
{
    /// <summary>Roots between this box's and the newest that are fetched in a row.</summary>
    private const int MaxRoots = 256;

    /// <summary>What compression may add to bytes that cannot be compressed.</summary>
    private const long CodingOverhead = 64 * 1024;

    /// <summary>Does the next step.</summary>
    /// <param name="state">Where the pack is.</param>
    /// <param name="source">Where its files come from.</param>
    /// <param name="policy">The policy in force: what a pack would block depends on it.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="UpdateRefusal">The pack does not come into force.</exception>
    public async Task<UpdateState> StepAsync(UpdateState state, IPackSource source, PolicySet policy, CancellationToken cancellationToken)
    {
        try
        {
            return state.Step switch
            {
                PatternsStep.Announced => await DownloadAsync(state, source, cancellationToken),
                PatternsStep.Downloaded => Verify(state),
                PatternsStep.Verified => SelfTest(state),
                PatternsStep.SelfTested => BackTest(state, policy),
                PatternsStep.BackTested => Install(state),
                _ => state,
            };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // A crash or a person took what was fetched.
            return state.To(PatternsStep.Announced, time.GetUtcNow());
        }
        catch (IOException e)
        {
            throw UpdateRefusal.Of(e);
        }
        catch (RootException e)
        {
            throw new UpdateRefusal(UpdateRefusal.Root, e.Message, mayPass: true, e);
        }
    }

    /// <summary>Walks the roots up to the announced one.</summary>
    /// <exception cref="UpdateRefusal">One of them is missing or not believed; those before it are kept.</exception>
    public async Task RefreshRootAsync(int version, IPackSource source, CancellationToken cancellationToken)
    {
        var trust = trusted.Read();
        var last = Math.Min(version, trust.Root.Document.Version + MaxRoots);
        while (trust.Root.Document.Version < last)
        {
            var next = trust.Root.Document.Version + 1;
            var json = await source.FetchAsync($"root/{next}.json", TrustedRoot.MaxBytes, cancellationToken)
                ?? throw new UpdateRefusal(UpdateRefusal.Root, $"root {next} is announced but not there", mayPass: true);
            trust = trusted.Succeed(trust, json);
        }
    }

    /// <summary>The trust of this box, with the packs in force as evidence beside what was remembered.</summary>
    public PackTrust Trust() => trusted.Read().WithAll(InForce.Select(pack => pack.Front));

    private IReadOnlyList<PatternPack> InForce => (patterns.Set as PatternSet)?.Packs ?? [];

    private async Task<UpdateState> DownloadAsync(UpdateState state, IPackSource source, CancellationToken cancellationToken)
    {
        shelf.Prepare();
        var before = source.Received;
        var front = await FrontAsync(state, source, cancellationToken);
        var inForce = PackInForce(state.Pack);
        foreach (var section in front.Manifest.Sections)
        {
            if (inForce?.CopySection(section.Sha256) is null && ReadStored(section) is null)
            {
                await FetchAsync(section, inForce, source, cancellationToken);
            }
        }

        return state.To(PatternsStep.Downloaded, time.GetUtcNow()) with { Bytes = state.Bytes + source.Received - before };
    }

    private async Task<PackFront> FrontAsync(UpdateState state, IPackSource source, CancellationToken cancellationToken)
    {
        var file = Path.Combine(shelf.Sections, state.ManifestSha256);
        if (!File.Exists(file))
        {
            var bytes = await source.FetchAsync($"manifests/{state.ManifestSha256}", PackFront.MaxBytes, cancellationToken)
                ?? throw new UpdateRefusal(UpdateRefusal.Unreachable, $"manifest {state.ManifestSha256} is announced but not there", mayPass: true);
            if (Digest(bytes) != state.ManifestSha256)
            {
                throw new UpdateRefusal(UpdateRefusal.Damaged, $"manifest {state.ManifestSha256} is not what came under its name", mayPass: true);
            }

            DurableFile.Write(file, bytes);
        }

        return Judge(state, await File.ReadAllBytesAsync(file, cancellationToken));
    }

    /// <summary>The front decides before a single section is fetched, and again before the pack comes into force.</summary>
    private PackFront Judge(UpdateState state, byte[] bytes)
    {
        var name = $"{state.Pack} {state.Version}";
        var trust = Trust();
        if (PackFront.Check(bytes, name, trust.Root.Signers, out var front) is { } fault)
        {
            throw UpdateRefusal.Of(fault);
        }

        var manifest = front!.Manifest;
        if (manifest.Name != state.Pack || manifest.Version != state.Version)
        {
            throw new UpdateRefusal(UpdateRefusal.MixAndMatch, $"{name} was announced, but its manifest is of {manifest.Name} {manifest.Version}");
        }

        if (manifest.Sections.Sum(section => section.Length) > options.MaxPackBytes)
        {
            throw new UpdateRefusal(UpdateRefusal.EndlessData, $"{name} is larger than {options.MaxPackBytes} bytes");
        }

        return trust.Judge(front, name, time.GetUtcNow()) is { } refused ? throw UpdateRefusal.Of(refused) : front;
    }

    /// <summary>A delta against the pack in force, else the section, compressed or not.</summary>
    private async Task FetchAsync(PackSection section, PatternPack? inForce, IPackSource source, CancellationToken cancellationToken)
    {
        var old = inForce?.Manifest.Sections.FirstOrDefault(one => one.Name == section.Name && one.Length > 0);
        if (old is not null
            && await source.FetchAsync($"deltas/{old.Sha256}-{section.Sha256}", section.Length + CodingOverhead, cancellationToken) is { } delta
            && TryStore(section, delta, inForce!.CopySection(old.Sha256)!))
        {
            return;
        }

        if ((await source.FetchAsync($"blobs/{section.Sha256}.zst", section.Length + CodingOverhead, cancellationToken) is { } packed && TryStore(section, packed, []))
            || (await source.FetchAsync($"blobs/{section.Sha256}", section.Length, cancellationToken) is { } raw && TryStore(section, raw)))
        {
            return;
        }

        throw new UpdateRefusal(UpdateRefusal.Damaged, $"section '{section.Name}' is not there, or not what it should be", mayPass: true);
    }

    private bool TryStore(PackSection section, byte[] coded, byte[] from)
    {
        try
        {
            return TryStore(section, SectionCoding.Decompress(coded, from, (int)section.Length));
        }
        catch (InvalidDataException)
        {
            // The other forms are tried; where none is good, the pack is refused by name of the section.
            return false;
        }
    }

    private bool TryStore(PackSection section, byte[] bytes)
    {
        if (Digest(bytes) != section.Sha256)
        {
            return false;
        }

        DurableFile.Write(Path.Combine(shelf.Sections, section.Sha256), bytes);
        return true;
    }

    private byte[]? ReadStored(PackSection section)
    {
        var file = Path.Combine(shelf.Sections, section.Sha256);
        var bytes = File.Exists(file) ? File.ReadAllBytes(file) : null;
        return bytes is not null && Digest(bytes) == section.Sha256 ? bytes : null;
    }

    private UpdateState Verify(UpdateState state)
    {
        var front = Judge(state, File.ReadAllBytes(Path.Combine(shelf.Sections, state.ManifestSha256)));
        var inForce = PackInForce(state.Pack);
        PackAssembly.Write(shelf.Candidate(state.Pack), front, section =>
            inForce?.CopySection(section.Sha256) ?? ReadStored(section) ?? throw new FileNotFoundException($"section '{section.Name}' was fetched and is gone"));
        using var candidate = OpenCandidate(state);
        return state.To(PatternsStep.Verified, time.GetUtcNow());
    }

    private UpdateState SelfTest(UpdateState state)
    {
        using var candidate = OpenCandidate(state);
        return selfTest.Fault(candidate) is { } fault
            ? throw new UpdateRefusal(UpdateRefusal.SelfTest, fault)
            : state.To(PatternsStep.SelfTested, time.GetUtcNow());
    }

    private UpdateState BackTest(UpdateState state, PolicySet policy)
    {
        using var candidate = OpenCandidate(state);
        var others = InForce.Where(pack => pack.Manifest.Name != state.Pack).ToList();
        var result = contacts.Compare(
            new DetectionSnapshot(PatternSet.Combine([.. others, candidate]), policy), new DetectionSnapshot(patterns.Set, policy));
        var next = state.To(PatternsStep.BackTested, time.GetUtcNow()) with { NewlyBlockedNames = result.Names, Terminals = result.Terminals };

        // A box that has no version of this pack blocks nothing by it yet; to refuse the first would leave it without protection for ever.
        if (state.FromVersion is not null && (result.Names > options.MaxNewlyBlockedNames || result.Terminals > options.MaxNewlyBlockedTerminals))
        {
            throw new BackTestRefusal(next, $"it would newly block {result.Names} names on {result.Terminals} terminals of the last day's traffic, among them {string.Join(", ", result.Examples)}");
        }

        return next;
    }

    private UpdateState Install(UpdateState state)
    {
        using var only = shelf.Lock();
        var trust = trusted.Read();
        if (!IsInPlace(state, trust))
        {
            using (OpenCandidate(state))
            {
                // Once more, whole: from here on nobody looks.
            }

            shelf.Install(state.Pack);
        }

        trusted.Remember(trust.With(FrontOf(shelf.Current(state.Pack), trust)));
        return state.To(PatternsStep.Installed, time.GetUtcNow());
    }

    /// <summary>A crash between the renaming and the record of it leaves the pack in its place already.</summary>
    private bool IsInPlace(UpdateState state, PackTrust trust)
    {
        if (!File.Exists(shelf.Current(state.Pack)))
        {
            return false;
        }

        var opening = PatternPack.Open(shelf.Current(state.Pack), trust.Root.Signers);
        using var pack = opening.Pack;
        return pack?.Front.Sha256 == state.ManifestSha256;
    }

    private static PackFront FrontOf(string file, PackTrust trust)
    {
        var opening = PatternPack.Open(file, trust.Root.Signers);
        using var pack = opening.Pack;
        return pack?.Front ?? throw UpdateRefusal.Of(opening.Fault!);
    }

    private PatternPack OpenCandidate(UpdateState state)
    {
        var file = shelf.Candidate(state.Pack);
        if (!File.Exists(file))
        {
            throw new FileNotFoundException("the candidate is gone", file);
        }

        var trust = Trust();
        var opening = PatternPack.Open(file, trust.Root.Signers);
        if (opening.Pack is not { } pack)
        {
            throw UpdateRefusal.Of(opening.Fault!);
        }

        if (pack.Front.Sha256 == state.ManifestSha256)
        {
            return pack;
        }

        pack.Dispose();
        throw new FileNotFoundException("the candidate is of another pack", file);
    }

    private PatternPack? PackInForce(string name) => InForce.FirstOrDefault(pack => pack.Manifest.Name == name);

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
