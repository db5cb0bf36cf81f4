using System.Globalization;
using System.Security.Cryptography;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Patterns.Delivery;

/// <summary>
/// A folder of what boxes fetch, each file named after what it holds, so that any web server may serve it:
/// <c>root/{version}.json</c>, <c>manifests/{sha256}</c> (signed fronts), <c>blobs/{sha256 of the section}[.zst]</c> and
/// <c>deltas/{from}-{to}</c> (both digests of sections). Files are added, never changed.
/// </summary>
internal sealed class PackRepository
{
    /// <summary>Deltas are made from this many of the newest earlier versions; a box further behind fetches whole sections.</summary>
    public const int DeltaVersions = 5;

    /// <summary>A delta that saves less is not worth its place.</summary>
    private const double WorthWhile = 0.8;

    private readonly string _folder;

    public PackRepository(string folder)
    {
        _folder = folder;
        foreach (var part in (string[])["root", "manifests", "blobs", "deltas"])
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }
    }

    /// <summary>The newest root of the chain; null where there is none yet.</summary>
    /// <exception cref="RootException">The chain is broken.</exception>
    public TrustedRoot? Root()
    {
        TrustedRoot? root = null;
        for (var version = 1; File.Exists(RootFile(version)); version++)
        {
            var bytes = File.ReadAllBytes(RootFile(version));
            root = root is null ? TrustedRoot.Pin(bytes) : root.Succeed(bytes);
        }

        return root;
    }

    /// <summary>Adds a root: the first, or the next.</summary>
    /// <exception cref="RootException">It does not follow the newest one here.</exception>
    public TrustedRoot AddRoot(ReadOnlySpan<byte> json)
    {
        var newest = Root();
        if (newest is not null && json.SequenceEqual(File.ReadAllBytes(RootFile(newest.Document.Version))))
        {
            return newest;
        }

        var root = newest is null ? TrustedRoot.Pin(json) : newest.Succeed(json);
        if (newest is null && root.Document.Version != 1)
        {
            throw new RootException("a repository begins with root 1, so that every box can walk the chain");
        }

        DurableFile.Write(RootFile(root.Document.Version), json);
        return root;
    }

    /// <summary>Adds a pack that the newest root vouches for.</summary>
    /// <exception cref="InvalidDataException">It is refused; the message says why.</exception>
    public Publication Add(string pack, DateTimeOffset now)
    {
        var root = Root() ?? throw new InvalidDataException("the repository has no root; add one with --root");
        var bytes = File.ReadAllBytes(pack);
        var fault = PackImage.Check(bytes, pack, root.Signers, out var image) ?? new PackTrust(root, []).Judge(image.Front, pack, now);
        if (fault is not null)
        {
            throw new InvalidDataException(fault.Message);
        }

        var earlier = Fronts(root, image.Front);
        var whole = 0L;
        foreach (var section in image.Manifest.Sections)
        {
            whole += AddBlob(section.Sha256, image.Section(section.Name));
        }

        var deltas = new List<(string Version, long Bytes)>();
        foreach (var front in earlier)
        {
            deltas.Add((front.Manifest.Version, AddDeltas(front, image)));
        }

        // Last, so that whoever finds a manifest finds all it names.
        DurableFile.Write(Path.Combine(_folder, "manifests", image.Front.Sha256), image.Front.Bytes);
        return new Publication(image.Front, whole, deltas);
    }

    /// <summary>The newest earlier versions of a pack, the newest first.</summary>
    private List<PackFront> Fronts(TrustedRoot root, PackFront of)
    {
        var fronts = new List<PackFront>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder, "manifests")))
        {
            if (PackFront.Check(File.ReadAllBytes(file), file, root.Signers, out var front) is null && front!.Manifest.Name == of.Manifest.Name)
            {
                fronts.Add(front);
            }
        }

        var version = VersionOf(of);
        if (fronts.Find(front => VersionOf(front) == version && front.Sha256 != of.Sha256) is { } same)
        {
            throw new InvalidDataException($"there is another pack {same.Manifest.Name} of version {same.Manifest.Version}; boxes take one pack per version");
        }

        return [.. fronts.Where(front => VersionOf(front) < version).OrderByDescending(VersionOf).Take(DeltaVersions)];
    }

    private long AddBlob(string sha256, ReadOnlySpan<byte> section)
    {
        var (raw, packed) = (Path.Combine(_folder, "blobs", sha256), Path.Combine(_folder, "blobs", sha256 + ".zst"));
        var file = File.Exists(packed) ? packed : raw;
        if (!File.Exists(file))
        {
            var coded = SectionCoding.Compress(section, []);
            file = coded.Length < section.Length ? packed : raw;
            DurableFile.Write(file, coded.Length < section.Length ? coded : section);
        }

        return new FileInfo(file).Length;
    }

    /// <returns>How many bytes a box that has the earlier version fetches.</returns>
    private long AddDeltas(PackFront earlier, PackImage image)
    {
        var fetched = (long)image.Front.Bytes.Length;
        foreach (var section in image.Manifest.Sections)
        {
            if (earlier.Manifest.Sections.Any(old => old.Sha256 == section.Sha256))
            {
                continue;
            }

            var blob = Blob(section.Sha256)!.Length;
            fetched += earlier.Manifest.Sections.FirstOrDefault(old => old.Name == section.Name) is { } from
                ? Math.Min(AddDelta(from.Sha256, (int)from.Length, section.Sha256, image.Section(section.Name), blob), blob)
                : blob;
        }

        return fetched;
    }

    private long AddDelta(string from, int fromLength, string to, ReadOnlySpan<byte> section, long blob)
    {
        var file = Path.Combine(_folder, "deltas", $"{from}-{to}");
        if (File.Exists(file))
        {
            return new FileInfo(file).Length;
        }

        if (fromLength == 0 || Blob(from) is not { } old)
        {
            return long.MaxValue;
        }

        var before = File.ReadAllBytes(old.FullName);
        if (old.Extension.Length > 0)
        {
            before = SectionCoding.Decompress(before, [], fromLength);
        }

        if (Convert.ToHexStringLower(SHA256.HashData(before)) != from)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{old.FullName} is damaged"));
        }

        var delta = SectionCoding.Compress(section, before);
        if (delta.Length > blob * WorthWhile)
        {
            return long.MaxValue;
        }

        DurableFile.Write(file, delta);
        return delta.Length;
    }

    private FileInfo? Blob(string sha256) => ((string[])[".zst", ""])
        .Select(extension => new FileInfo(Path.Combine(_folder, "blobs", sha256 + extension)))
        .FirstOrDefault(file => file.Exists);

    private string RootFile(int version) => Path.Combine(_folder, "root", string.Create(CultureInfo.InvariantCulture, $"{version}.json"));

    private static PackVersion VersionOf(PackFront front) => PackVersion.TryParse(front.Manifest.Version, out var version) ? version : default;
}

/// <summary>What was published.</summary>
/// <param name="Front">The pack's front; its digest is what is announced.</param>
/// <param name="WholeBytes">What a box without any version of it fetches, in bytes, beside the front.</param>
/// <param name="Deltas">What a box with an earlier version fetches, front included.</param>
internal sealed record Publication(PackFront Front, long WholeBytes, IReadOnlyList<(string Version, long Bytes)> Deltas);
