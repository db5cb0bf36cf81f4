using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MediaSecurityLite.Contracts;

/// <summary>
/// What the centre offers on a channel, retained on <see cref="Topics.PatternChannel"/>. It decides nothing: whatever it points to is
/// checked against the root and the manifest's signature.
/// </summary>
public sealed record PackAnnouncement
{
    /// <summary>
    /// The packs on offer. The same name may stand here twice, the version that is rolled out beside the last one that everybody
    /// has; a box takes the highest one it takes part in.
    /// </summary>
    public required IReadOnlyList<AnnouncedPack> Packs { get; init; }

    /// <summary>The newest root; a box that has an older one fetches every version between.</summary>
    public required int RootVersion { get; init; }

    /// <summary>Where the files lie: an HTTPS address without a slash at its end.</summary>
    public required string Base { get; init; }

    /// <summary>
    /// True if a gateway is among the <paramref name="share"/> of ten thousand that get this version: the first eight bytes of
    /// SHA-256 over <c>name:version:gatewayId</c>, big-endian, modulo 10,000, lie below it.
    /// </summary>
    public static bool TakesPart(string name, string version, GatewayId gateway, int share)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{name}:{version}:{gateway}"));
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(digest) % AnnouncedPack.Everybody) < share;
    }
}

/// <summary>A pack on offer.</summary>
/// <param name="Name">The pack's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="ManifestSha256">Digest of its signed front, lower-case hexadecimal: the file's name below <c>manifests/</c>.</param>
/// <param name="Share">How many of ten thousand gateways get it, 0 to <see cref="Everybody"/>.</param>
public sealed record AnnouncedPack(string Name, string Version, string ManifestSha256, int Share)
{
    /// <summary>The share that leaves nobody out.</summary>
    public const int Everybody = 10_000;
}

/// <summary>The channels that packs are announced on.</summary>
public static class PatternChannels
{
    /// <summary>For gateways that try packs first.</summary>
    public const string Canary = "canary";

    /// <summary>For all others.</summary>
    public const string Stable = "stable";
}
