using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>What an entry of a pattern pack stands for.</summary>
public enum PatternKind : byte
{
    /// <summary>Belongs to an application; <see cref="PatternLabel.Name"/> is its id.</summary>
    Application,

    /// <summary>Belongs to a category of web sites; <see cref="PatternLabel.Name"/> is its id.</summary>
    Category,

    /// <summary>A C&amp;C server; <see cref="PatternLabel.Name"/> is the malware family.</summary>
    CommandAndControl,

    /// <summary>Malware itself, or a client that is malware; <see cref="PatternLabel.Name"/> is its family.</summary>
    Malware,
}

/// <summary>What entries of one source have in common.</summary>
/// <param name="Kind">What they stand for.</param>
/// <param name="Name">Application id, category id or malware family, in lower case.</param>
/// <param name="Source">The feed they were read from.</param>
public sealed record PatternLabel(PatternKind Kind, string Name, string Source);

/// <summary>An entry that a lookup found.</summary>
/// <param name="Label">Index for <see cref="IPatternSet.Label"/>.</param>
/// <param name="Length">
/// How much of what was asked for the entry names: for a name, the bytes of its matching end (the entry's own length); for an
/// address, the prefix length (out of 32 for IPv4), and one more where the entry also names the port; for a URL, the bytes of
/// the path that the entry holds; for a fingerprint or a file, its bytes. The longest is the most specific.
/// </param>
public readonly record struct PatternMatch(int Label, int Length);

/// <summary>
/// All pattern packs in force, as one immutable snapshot. Lookups take no lock, allocate nothing and may be called by any
/// number of threads. Results beyond the room in <c>matches</c> are left out, most specific first.
/// </summary>
public interface IPatternSet
{
    /// <summary>The most matches a caller should make room for.</summary>
    public const int MaxMatches = 16;

    /// <summary>Version of the pack that is newest, for verdicts and heartbeats; empty without a pack.</summary>
    string Version { get; }

    /// <summary>There are entries for fingerprints; without, none needs to be taken.</summary>
    bool HasFingerprints { get; }

    /// <summary>There are entries for files; without, none needs to be hashed.</summary>
    bool HasFiles { get; }

    /// <summary>What an entry stands for.</summary>
    PatternLabel Label(int index);

    /// <summary>Finds the entries for a name and for each of its parent domains.</summary>
    /// <param name="name">Lower-case ASCII without a trailing dot.</param>
    /// <param name="matches">Receives what was found, most specific first.</param>
    /// <returns>How many were written.</returns>
    int FindName(ReadOnlySpan<byte> name, Span<PatternMatch> matches);

    /// <summary>Finds the entries for an address, the prefixes that hold it, and the address with this port.</summary>
    int FindAddress(IpAddress address, ushort port, Span<PatternMatch> matches);

    /// <summary>
    /// Finds the entries of URL form: an exact host (a leading <c>www.</c> does not count) with a path prefix that ends where a
    /// segment or a parameter of the query ends.
    /// </summary>
    /// <param name="host">Lower-case ASCII (or address text) without port and trailing dot.</param>
    /// <param name="target">Path and query as on the wire, starting with <c>/</c>.</param>
    /// <param name="matches">Receives what was found, most specific first.</param>
    /// <returns>How many were written.</returns>
    int FindUrl(ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, Span<PatternMatch> matches);

    /// <summary>Finds the entries for a fingerprint.</summary>
    /// <param name="kind">What it was taken of.</param>
    /// <param name="value">As <see cref="FingerprintKind"/> says.</param>
    /// <param name="matches">Receives what was found.</param>
    /// <returns>How many were written.</returns>
    int FindFingerprint(FingerprintKind kind, ReadOnlySpan<byte> value, Span<PatternMatch> matches);

    /// <summary>Finds the entries for a file.</summary>
    /// <param name="digest">Its MD5 (16 bytes), SHA-1 (20) or SHA-256 (32).</param>
    /// <param name="matches">Receives what was found.</param>
    /// <returns>How many were written.</returns>
    int FindFile(ReadOnlySpan<byte> digest, Span<PatternMatch> matches);
}
