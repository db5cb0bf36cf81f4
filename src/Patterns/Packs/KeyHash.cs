namespace MediaSecurityLite.Patterns.Packs;

/// <summary>128 bits that stand for a key: <see cref="High"/> chooses the bucket, <see cref="Low"/> is the fingerprint in it.</summary>
internal readonly record struct KeyHash(ulong Low, ulong High);
