using System.Collections.Frozen;
using System.Security.Cryptography;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>The public keys whose packs are accepted.</summary>
public sealed class TrustedKeys
{
    private readonly FrozenSet<string> _keys;
    private readonly bool _any;

    private TrustedKeys(IEnumerable<byte[]> keys, bool any = false) =>
        (_keys, _any) = (keys.Select(Convert.ToHexString).ToFrozenSet(), any);

    /// <summary>Accepts whoever signed: tells damage apart from the original, not friend from foe. For looking into a pack.</summary>
    public static TrustedKeys AnySigner { get; } = new([], any: true);

    public int Count => _keys.Count;

    /// <summary>Reads public keys (PEM files).</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="CryptographicException">A file holds no key of P-256; the message names the file.</exception>
    public static TrustedKeys Load(IEnumerable<string> files)
    {
        var keys = new List<byte[]>();
        foreach (var file in files)
        {
            try
            {
                keys.Add(PackKeys.ReadPublic(File.ReadAllText(file)));
            }
            catch (CryptographicException fault)
            {
                throw new CryptographicException($"{file}: {fault.Message}");
            }
        }

        return new TrustedKeys(keys);
    }

    /// <summary>These keys (SubjectPublicKeyInfo).</summary>
    internal static TrustedKeys Of(IEnumerable<byte[]> keys) => new(keys);

    /// <summary>Nobody.</summary>
    public static TrustedKeys None { get; } = new([]);

    /// <summary>True if whoever signed this front is among them.</summary>
    public bool Contains(PackFront front)
    {
        ArgumentNullException.ThrowIfNull(front);
        return Contains(front.SignerKey);
    }

    internal bool Contains(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        _any || _keys.Contains(Convert.ToHexString(subjectPublicKeyInfo));
}
