using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Trust;

/// <summary>
/// A root document that is believed: the first because it was delivered with the box, each later one because enough keys of its
/// predecessor, and enough of its own, signed it (The Update Framework 1.0, 5.3).
/// </summary>
public sealed class TrustedRoot
{
    /// <summary>The largest document in bytes; the centre serves no larger one.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxKeys = 16;

    private readonly Dictionary<string, SigningKey> _signers;

    private TrustedRoot(RootDocument document, SignedRoot envelope)
    {
        Document = document;
        Envelope = envelope;
        _signers = document.SigningKeys.ToDictionary(key => key.KeyId, StringComparer.Ordinal);
        Signers = TrustedKeys.Of(document.SigningKeys.Select(key => key.PublicKey));
    }

    /// <summary>What it says.</summary>
    public RootDocument Document { get; }

    /// <summary>The keys that may sign packs, whatever the time.</summary>
    public TrustedKeys Signers { get; }

    internal SignedRoot Envelope { get; }

    /// <summary>Reads the root that trust begins with: enough of its own keys signed it.</summary>
    /// <exception cref="RootException">It is not believed.</exception>
    public static TrustedRoot Pin(ReadOnlySpan<byte> json)
    {
        var root = Read(json);
        root.RequireSignatures(root.Document, "its own");
        return root;
    }

    /// <summary>Reads a root file that trust begins with.</summary>
    /// <exception cref="RootException">It is not believed; the message names the file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TrustedRoot PinFile(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > MaxBytes)
        {
            throw new RootException($"{path} is larger than {MaxBytes} bytes");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        try
        {
            return Pin(bytes);
        }
        catch (RootException fault)
        {
            throw new RootException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>Reads the next root.</summary>
    /// <exception cref="RootException">It is not the next version, or too few keys of this one or of its own signed it.</exception>
    public TrustedRoot Succeed(ReadOnlySpan<byte> json)
    {
        var next = Read(json);
        if (next.Document.Version != Document.Version + 1)
        {
            throw new RootException($"root {next.Document.Version} does not follow root {Document.Version}");
        }

        next.RequireSignatures(Document, $"root {Document.Version}'s");
        next.RequireSignatures(next.Document, "its own");
        return next;
    }

    /// <summary>The signing key of this id; null where this root knows none.</summary>
    public SigningKey? Signer(string keyId) => _signers.GetValueOrDefault(keyId);

    private static TrustedRoot Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            throw new RootException($"a root of more than {MaxBytes} bytes is not read");
        }

        try
        {
            var envelope = JsonSerializer.Deserialize(json, ContractsJson.Default.SignedRoot);
            var document = envelope is null ? null : JsonSerializer.Deserialize(envelope.Payload, ContractsJson.Default.RootDocument);
            if (document is null)
            {
                throw new RootException("there is no root in it");
            }

            return Fault(document) is { } fault ? throw new RootException(fault) : new TrustedRoot(document, envelope!);
        }
        catch (JsonException fault)
        {
            throw new RootException($"it is no root document: {fault.Message}", fault);
        }
    }

    private static string? Fault(RootDocument root)
    {
        if (root.Version < 1)
        {
            return "its version is not positive";
        }

        if (root.Created >= root.Expires)
        {
            return "it ends before it begins";
        }

        if (root.RootKeys.Count is 0 or > MaxKeys || root.SigningKeys.Count > MaxKeys)
        {
            return $"it has no root key, or more than {MaxKeys} keys";
        }

        if (root.RootThreshold < 1 || root.RootThreshold > root.RootKeys.Count)
        {
            return $"{root.RootThreshold} signatures of {root.RootKeys.Count} root keys are no threshold";
        }

        (string Id, byte[] Key)[] keys = [.. root.RootKeys.Select(key => (key.KeyId, key.PublicKey)), .. root.SigningKeys.Select(key => (key.KeyId, key.PublicKey))];
        return keys.DistinctBy(key => key.Id).Count() != keys.Length ? "one of its keys stands in it twice"
            : keys.FirstOrDefault(key => key.Id != PackKeys.FullId(key.Key) || !PackKeys.IsPublic(key.Key)).Id is { } wrong ? $"'{wrong}' is not the id of a key of P-256"
            : null;
    }

    /// <summary>Each key counts once, however often it signed.</summary>
    private void RequireSignatures(RootDocument by, string whose)
    {
        var good = by.RootKeys.Count(key => Envelope.Signatures.Any(signature =>
            signature.KeyId == key.KeyId && PackKeys.Verify(key.PublicKey, Envelope.Payload, signature.Signature)));
        if (good < by.RootThreshold)
        {
            throw new RootException($"root {Document.Version} is signed by {good} of {whose} root keys; {by.RootThreshold} are needed");
        }
    }
}
