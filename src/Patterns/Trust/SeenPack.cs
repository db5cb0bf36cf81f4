namespace MediaSecurityLite.Patterns.Trust;

/// <summary>The highest version of a pack that was in force and signed by one key: nothing older comes in again.</summary>
/// <param name="Pack">The pack's name.</param>
/// <param name="KeyId">The key that signed it.</param>
/// <param name="Version">Its version.</param>
/// <param name="ManifestSha256">Digest of its signed front: there is one pack of a version, not two.</param>
/// <param name="Created">When it was made.</param>
public sealed record SeenPack(string Pack, string KeyId, string Version, string ManifestSha256, DateTimeOffset Created);
