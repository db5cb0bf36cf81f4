using System.Security.Cryptography;
using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Trust;

/// <summary>Writes root documents: where the offline keys are, never on a box.</summary>
internal static class RootSigner
{
    public static RootKey RootKey(ECDsa key) => RootKey(key.ExportSubjectPublicKeyInfo());

    public static RootKey RootKey(byte[] publicKey) => new(PackKeys.FullId(publicKey), publicKey);

    public static SigningKey SigningKey(byte[] publicKey, DateTimeOffset expires) => new(PackKeys.FullId(publicKey), publicKey, expires);

    /// <summary>Signs a document, with keys of this root and of the one before it.</summary>
    public static byte[] Sign(RootDocument document, IEnumerable<ECDsa> keys) =>
        Sign(JsonSerializer.SerializeToUtf8Bytes(document, ContractsJson.Default.RootDocument), [], keys);

    /// <summary>Adds signatures to a document that others signed: keys of different people never come together.</summary>
    public static byte[] AddSignatures(ReadOnlySpan<byte> json, IEnumerable<ECDsa> keys)
    {
        var envelope = Envelope(json);
        return Sign(envelope.Payload, envelope.Signatures, keys);
    }

    /// <summary>What a root says, without asking whether it is believed: for those who make it.</summary>
    public static RootDocument Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(Envelope(json).Payload, ContractsJson.Default.RootDocument) ?? throw new RootException("there is no root in it");
        }
        catch (JsonException fault)
        {
            throw new RootException($"it is no root document: {fault.Message}", fault);
        }
    }

    /// <summary>Version and number of signatures.</summary>
    public static (int Version, int Signatures) Describe(ReadOnlySpan<byte> json) => (Read(json).Version, Envelope(json).Signatures.Count);

    private static SignedRoot Envelope(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ContractsJson.Default.SignedRoot) ?? throw new RootException("there is no root in it");

    private static byte[] Sign(byte[] payload, IReadOnlyList<RootSignature> others, IEnumerable<ECDsa> keys)
    {
        var own = keys.Select(key => new RootSignature(PackKeys.FullId(key.ExportSubjectPublicKeyInfo()), DeterministicEcdsa.Sign(key, payload))).ToList();
        var signatures = others.Where(other => own.All(signature => signature.KeyId != other.KeyId)).Concat(own).OrderBy(one => one.KeyId, StringComparer.Ordinal);
        return JsonSerializer.SerializeToUtf8Bytes(new SignedRoot(payload, [.. signatures]), ContractsJson.Default.SignedRoot);
    }
}
