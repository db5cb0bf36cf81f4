using System.Globalization;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Trust;

/// <summary>
/// Decides whether a signed front may come into force on this box: who signed it, until when that key and the pack count, and whether
/// it is newer than all that was in force. What a withdrawn key signed does not count as seen: who stole it could otherwise have signed
/// a version, or a time, that nothing honest can ever reach (The Update Framework's fast-forward attack).
/// </summary>
public sealed class PackTrust(TrustedRoot root, IReadOnlyList<SeenPack> seen)
{
    private readonly SeenPack[] _seen = [.. seen.Where(one => root.Signer(one.KeyId) is not null)];

    /// <summary>The root that decides.</summary>
    public TrustedRoot Root => root;

    /// <summary>What has been in force, as far as it counts.</summary>
    public IReadOnlyList<SeenPack> Seen => _seen;

    /// <summary>The time by which candidates are judged.</summary>
    public TrustedTime Time(DateTimeOffset clock) =>
        TrustedTime.Of(_seen.Select(one => one.Created).Append(root.Document.Created).Max(), clock);

    /// <summary>Judges a front whose signature has been checked.</summary>
    /// <returns>Why it may not come into force; null where it may.</returns>
    public PackFault? Judge(PackFront candidate, string name, DateTimeOffset clock)
    {
        var now = Time(clock).Now;
        var manifest = candidate.Manifest;
        if (root.Document.Expires < now)
        {
            return new PackFault(PackFaultKind.RootExpired, $"root {root.Document.Version} ended on {Day(root.Document.Expires)}; a newer one is needed before {name} can be judged");
        }

        if (root.Signer(candidate.SignerId) is not { } key)
        {
            return new PackFault(PackFaultKind.UntrustedSigner, $"{name} is signed with the key {candidate.Signer}, which root {root.Document.Version} does not name");
        }

        if (key.Expires < now || key.Expires < manifest.Created)
        {
            return new PackFault(PackFaultKind.KeyExpired, $"{name} is signed with the key {candidate.Signer}, whose time ended on {Day(key.Expires)}");
        }

        if (manifest.Expires < now)
        {
            return new PackFault(PackFaultKind.Expired, $"{name} ended on {Day(manifest.Expires)}; somebody holds newer packs back");
        }

        return Older(candidate, name);
    }

    /// <summary>What is to be remembered once a pack is in force.</summary>
    public PackTrust With(PackFront inForce)
    {
        var one = Of(inForce);
        return new PackTrust(root, [.. _seen.Where(other => other.Pack != one.Pack || other.KeyId != one.KeyId || VersionOf(other) > VersionOf(one)), one]);
    }

    /// <summary>The same memory under another root.</summary>
    public PackTrust Under(TrustedRoot next) => new(next, _seen);

    /// <summary>Packs in force are evidence, too, where the memory was lost.</summary>
    public PackTrust WithAll(IEnumerable<PackFront> inForce) => inForce.Aggregate(this, (trust, front) => trust.With(front));

    private PackFault? Older(PackFront candidate, string name)
    {
        _ = PackVersion.TryParse(candidate.Manifest.Version, out var version);
        foreach (var one in _seen.Where(one => one.Pack == candidate.Manifest.Name))
        {
            if (version < VersionOf(one))
            {
                return new PackFault(PackFaultKind.Rollback, $"{name} is version {version}; {one.Version} has been in force");
            }

            if (version == VersionOf(one) && one.ManifestSha256 != candidate.Sha256)
            {
                return new PackFault(PackFaultKind.AnotherPack, $"{name} calls itself version {version} but is not the pack of that version that was in force");
            }
        }

        return null;
    }

    private static SeenPack Of(PackFront front) =>
        new(front.Manifest.Name, front.SignerId, front.Manifest.Version, front.Sha256, front.Manifest.Created);

    private static PackVersion VersionOf(SeenPack one) => PackVersion.TryParse(one.Version, out var version) ? version : default;

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
