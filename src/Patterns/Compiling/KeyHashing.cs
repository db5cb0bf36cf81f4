using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>Hashes a key as lookups do.</summary>
internal delegate KeyHash KeyHashing(KeyHasher hasher, ReadOnlySpan<byte> key);
