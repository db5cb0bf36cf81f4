namespace MediaSecurityLite.Contracts;

/// <summary>
/// Whom boxes trust, after The Update Framework's root role: keys that are kept offline name each other, and the keys that sign
/// packs day by day. Each document is one version above its predecessor and signed by enough root keys of both.
/// </summary>
public sealed record RootDocument
{
    /// <summary>Grows by one with every document; the first is 1.</summary>
    public required int Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>After this no new pack is accepted until a newer root is seen; packs in force stay.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The keys that may sign this document and its successor.</summary>
    public required IReadOnlyList<RootKey> RootKeys { get; init; }

    /// <summary>How many different root keys must sign; 1 to the number of them.</summary>
    public required int RootThreshold { get; init; }

    /// <summary>
    /// The keys that may sign packs. A key whose time is over signs no new pack, but packs in force that it signed stay; a key that
    /// is left out is withdrawn: nothing it ever signed is believed any more.
    /// </summary>
    public required IReadOnlyList<SigningKey> SigningKeys { get; init; }
}

/// <summary>A root key.</summary>
/// <param name="KeyId">SHA-256 of the public key, lower-case hexadecimal.</param>
/// <param name="PublicKey">P-256, SubjectPublicKeyInfo; base64 in JSON.</param>
public sealed record RootKey(string KeyId, byte[] PublicKey);

/// <summary>A key that signs packs.</summary>
/// <param name="KeyId">SHA-256 of the public key, lower-case hexadecimal.</param>
/// <param name="PublicKey">P-256, SubjectPublicKeyInfo; base64 in JSON.</param>
/// <param name="Expires">After this the key signs no new pack.</param>
public sealed record SigningKey(string KeyId, byte[] PublicKey, DateTimeOffset Expires);

/// <summary>A root document with its signatures.</summary>
/// <param name="Payload">The <see cref="RootDocument"/> as JSON, byte for byte what was signed; base64 in JSON.</param>
/// <param name="Signatures">One per key that signed.</param>
public sealed record SignedRoot(byte[] Payload, IReadOnlyList<RootSignature> Signatures);

/// <summary>A signature of a root document.</summary>
/// <param name="KeyId">The key that signed.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256, r and s of 32 bytes each; base64 in JSON.</param>
public sealed record RootSignature(string KeyId, byte[] Signature);
