using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>
/// The keys that protect a client's Initial packets (RFC 9001, 5.2). Both ends, and everyone on the way, derive them from the
/// destination id of the client's first packet: they keep off accidents, not readers.
/// </summary>
internal struct InitialKeys
{
    public const int KeyLength = 16;
    public const int NonceLength = 12;

    private Material _material;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Key => _material[..KeyLength];

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Nonce => _material[KeyLength..(KeyLength + NonceLength)];

    /// <summary>The key that hides packet numbers.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> HeaderKey => _material[(KeyLength + NonceLength)..];

    /// <summary>Derives them.</summary>
    public static void Derive(uint version, ReadOnlySpan<byte> destinationId, out InitialKeys keys)
    {
        Span<byte> secret = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> clientSecret = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(QuicVersion.SaltOf(version), destinationId, secret); // HKDF-Extract (RFC 5869, 2.2)
        Expand(secret, "tls13 client in"u8, clientSecret);

        keys = default;
        Span<byte> material = keys._material;
        var isV2 = version == QuicVersion.V2;
        Expand(clientSecret, isV2 ? "tls13 quicv2 key"u8 : "tls13 quic key"u8, material[..KeyLength]);
        Expand(clientSecret, isV2 ? "tls13 quicv2 iv"u8 : "tls13 quic iv"u8, material[KeyLength..(KeyLength + NonceLength)]);
        Expand(clientSecret, isV2 ? "tls13 quicv2 hp"u8 : "tls13 quic hp"u8, material[(KeyLength + NonceLength)..]);
    }

    /// <summary>HKDF-Expand-Label (RFC 8446, 7.1) with no context, for outputs that one round of HMAC yields.</summary>
    private static void Expand(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, Span<byte> output)
    {
        // length 2 · label 1+n · context 1+0 · round 1
        Span<byte> info = stackalloc byte[32];
        info[0] = 0;
        info[1] = (byte)output.Length;
        info[2] = (byte)label.Length;
        label.CopyTo(info[3..]);
        info[3 + label.Length] = 0;
        info[4 + label.Length] = 1;

        Span<byte> block = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, info[..(5 + label.Length)], block);
        block[..output.Length].CopyTo(output);
    }

    [InlineArray(KeyLength + NonceLength + KeyLength)]
    private struct Material
    {
        private byte _first;
    }
}
