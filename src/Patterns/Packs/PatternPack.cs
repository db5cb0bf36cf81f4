using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Patterns.Catalogue;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>
/// A signed pattern pack, looked up where it lies in the mapped file: no object per entry, so that millions of names cost
/// the memory of the pages that lookups touch.
/// </summary>
/// <remarks>
/// The file is unmapped when nobody refers to the pack any more; a snapshot that is swapped out needs no care.
/// <see cref="Dispose"/> is for those who know that no lookup is running. A pack file is replaced by renaming a new one over
/// it, never written in place.
/// </remarks>
public sealed class PatternPack : IPatternSet, IDisposable
{
    private const int HostBuffer = 256;

    private readonly MappedFile _file;
    private readonly LabelTable _labels;
    private readonly FingerprintTable _names;
    private readonly FingerprintTable _endpoints;
    private readonly PrefixTable _prefixes;
    private readonly FingerprintTable _urls;
    private readonly FingerprintTable _fingerprints;
    private readonly FingerprintTable _files;
    private readonly byte[] _rules;
    private readonly Lazy<PatternCatalogue> _catalogue;

    private PatternPack(MappedFile file, PackImage image)
    {
        _file = file;
        Front = image.Front;
        _labels = LabelTable.Open(image.Section(SectionNames.Labels));
        _names = FingerprintTable.Open(image.Section(SectionNames.Names));
        _endpoints = FingerprintTable.Open(image.Section(SectionNames.Endpoints));
        _prefixes = PrefixTable.Open(image.Section(SectionNames.Prefixes));
        _urls = FingerprintTable.Open(image.Section(SectionNames.Urls));
        _fingerprints = FingerprintTable.Open(image.Section(SectionNames.Fingerprints));
        _files = FingerprintTable.Open(image.Section(SectionNames.Files));
        _rules = image.Section(SectionNames.Rules).ToArray();
        var catalogue = image.Section(SectionNames.Catalogue).ToArray();
        _catalogue = new Lazy<PatternCatalogue>(() => new PatternCatalogue(
            JsonSerializer.Deserialize(catalogue, PatternsJson.Default.CatalogueDocument) ?? new CatalogueDocument()));
    }

    /// <summary>What was signed, and by whom.</summary>
    public PackFront Front { get; }

    public PackManifest Manifest => Front.Manifest;

    /// <summary>How people name the key that signed the pack.</summary>
    public string Signer => Front.Signer;

    public string Version => Manifest.Version;

    /// <summary>The labels, in the order of their numbers.</summary>
    public IReadOnlyList<PatternLabel> Labels => _labels.Labels;

    /// <summary>The applications and categories that labels name.</summary>
    public PatternCatalogue Catalogue => _catalogue.Value;

    /// <summary>How many names, addresses (with or without a port), URLs, fingerprints and files the pack holds.</summary>
    public (int Names, int Endpoints, int Urls, int Fingerprints, int Files) Counts =>
        (_names.Count, _endpoints.Count, _urls.Count, _fingerprints.Count, _files.Count);

    /// <summary>Rules for the rule engine, one per line, as their sources have them; lines that start with <c>#</c> name the source of those behind.</summary>
    public string Rules => Encoding.UTF8.GetString(_rules);

    public bool HasFingerprints => !_fingerprints.IsEmpty;

    public bool HasFiles => !_files.IsEmpty;

    /// <summary>Opens a pack and checks all of it.</summary>
    public static PackOpening Open(string path, TrustedKeys keys)
    {
        MappedFile file;
        try
        {
            file = MappedFile.Open(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return PackOpening.Refused(PackFaultKind.Unreadable, $"{path} cannot be read: {fault.Message}");
        }

        var refused = PackImage.Check(file.Bytes, path, keys, out var image);
        try
        {
            if (refused is null)
            {
                return PackOpening.Of(new PatternPack(file, image));
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            // Signed, but by a program that writes sections differently.
            refused = new PackFault(PackFaultKind.NotAPack, $"{path} has a layout that this program does not know: {fault.Message}");
        }

        file.Dispose();
        return PackOpening.Refused(refused.Kind, refused.Message);
    }

    /// <summary>A copy of the section with this digest; null where the pack has none.</summary>
    public byte[]? CopySection(string sha256)
    {
        long offset = PackFrame.Align(Front.Bytes.Length);
        foreach (var section in Manifest.Sections)
        {
            if (section.Sha256 == sha256)
            {
                var copy = _file.Bytes.Slice((int)offset, (int)section.Length).ToArray();
                GC.KeepAlive(this);
                return copy;
            }

            offset += PackFrame.Align(section.Length);
        }

        return null;
    }

    public PatternLabel Label(int index) => _labels.Labels[index];

    [SkipLocalsInit]
    public int FindName(ReadOnlySpan<byte> name, Span<PatternMatch> matches)
    {
        if (_names.IsEmpty || name.Length is 0 or > KeyShape.MaxName)
        {
            return 0;
        }

        Span<byte> key = stackalloc byte[HostBuffer];
        Span<ushort> ends = stackalloc ushort[KeyShape.MaxDepth];
        var depth = KeyShape.WriteName(name, _names.MaxDepth, key, ends);
        return Find(_names, key, ends[..depth], matches, start: 0);
    }

    [SkipLocalsInit]
    public int FindAddress(IpAddress address, ushort port, Span<PatternMatch> matches)
    {
        var longest = address.IsIPv4 ? 32 : 128;
        var written = 0;
        if (!_endpoints.IsEmpty)
        {
            ReadOnlySpan<KeyHash> hashes = [_endpoints.Hasher.Hash(address, port), _endpoints.Hasher.Hash(address, 0)];
            Span<int> sets = stackalloc int[2];
            _endpoints.Find(hashes, sets);

            // Without a port both are the same key.
            written += port == 0 ? 0 : _labels.Expand(sets[0], longest + 1, matches);
            written += _labels.Expand(sets[1], longest, matches[written..]);
        }

        written += _prefixes.Find(address, matches[written..]);
        GC.KeepAlive(this);
        return written;
    }

    [SkipLocalsInit]
    public int FindUrl(ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, Span<PatternMatch> matches)
    {
        if (_urls.IsEmpty || host.Length is 0 or > KeyShape.MaxName)
        {
            return 0;
        }

        host = KeyShape.WithoutWww(host);
        var room = Math.Max(0, _urls.MaxLength + 1 - host.Length);
        Span<byte> key = stackalloc byte[KeyShape.MaxUrl + HostBuffer];
        host.CopyTo(key);
        target[..Math.Min(target.Length, room)].CopyTo(key[host.Length..]);
        key = key[..(host.Length + Math.Min(target.Length, room))];

        Span<ushort> ends = stackalloc ushort[KeyShape.MaxDepth];
        var depth = KeyShape.UrlEnds(key, host.Length, _urls.MaxLength, _urls.MaxDepth, ends);
        return Find(_urls, key, ends[..depth], matches, host.Length);
    }

    [SkipLocalsInit]
    public int FindFingerprint(FingerprintKind kind, ReadOnlySpan<byte> value, Span<PatternMatch> matches)
    {
        if (_fingerprints.IsEmpty || value.Length > KeyShape.MaxFingerprint)
        {
            return 0;
        }

        Span<byte> key = stackalloc byte[KeyShape.MaxFingerprint + 1];
        key[0] = (byte)kind;
        value.CopyTo(key[1..]);
        return Find(_fingerprints, key, [(ushort)(value.Length + 1)], matches, start: 1);
    }

    public int FindFile(ReadOnlySpan<byte> digest, Span<PatternMatch> matches) =>
        _files.IsEmpty || digest.Length > KeyShape.MaxFingerprint ? 0 : Find(_files, digest, [(ushort)digest.Length], matches, start: 0);

    public void Dispose() => _file.Dispose();

    /// <summary>Looks up the prefixes of a key, the longest first. A match's length counts from <paramref name="start"/>.</summary>
    [SkipLocalsInit]
    private int Find(FingerprintTable table, ReadOnlySpan<byte> key, ReadOnlySpan<ushort> ends, Span<PatternMatch> matches, int start)
    {
        ends = ends[Math.Min(ends.Length, Math.Max(0, table.MinDepth - 1))..];
        Span<KeyHash> hashes = stackalloc KeyHash[KeyShape.MaxDepth];
        Span<int> sets = stackalloc int[KeyShape.MaxDepth];
        table.Hasher.HashPrefixes(key, ends, hashes);
        table.Find(hashes[..ends.Length], sets);
        var written = 0;
        for (var i = ends.Length - 1; i >= 0; i--)
        {
            if (sets[i] >= 0)
            {
                written += _labels.Expand(sets[i], Math.Max(1, ends[i] - start), matches[written..]);
            }
        }

        GC.KeepAlive(this);
        return written;
    }
}
