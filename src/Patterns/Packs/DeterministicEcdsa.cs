using System.Numerics;
using System.Security.Cryptography;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>
/// ECDSA over P-256 with the nonce of RFC 6979, so that the same sources and key give the same bytes; the framework only offers
/// random nonces. The curve arithmetic is the framework's. What remains here is modular arithmetic that takes a varying time: it
/// runs where packs are signed, never on a box, and nobody can ask it to sign what he likes.
/// </summary>
internal static class DeterministicEcdsa
{
    private const int Bytes = 32;

    private static readonly BigInteger Order = Number(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"));

    /// <summary>Signs the SHA-256 of some data; r and s of 32 bytes each.</summary>
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> data)
    {
        var parameters = key.ExportParameters(includePrivateParameters: true);
        try
        {
            var digest = Number(SHA256.HashData(data));
            var secret = Number(parameters.D!);
            foreach (var nonce in Nonces(parameters.D!, Octets(digest % Order)))
            {
                var r = MultiplyGenerator(nonce) % Order;
                var s = BigInteger.ModPow(Number(nonce), Order - 2, Order) * (digest + (r * secret)) % Order;
                if (!r.IsZero && !s.IsZero)
                {
                    return [.. Octets(r), .. Octets(s)];
                }
            }

            throw new CryptographicException("no nonce was found");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    /// <summary>RFC 6979, section 3.2, steps b to h.</summary>
    private static IEnumerable<byte[]> Nonces(byte[] secret, byte[] digest)
    {
        var v = Enumerable.Repeat((byte)1, Bytes).ToArray();
        var k = new byte[Bytes];
        k = Hmac(k, [.. v, 0, .. secret, .. digest]);
        v = Hmac(k, v);
        k = Hmac(k, [.. v, 1, .. secret, .. digest]);
        v = Hmac(k, v);
        while (true)
        {
            v = Hmac(k, v);
            var candidate = Number(v);
            if (!candidate.IsZero && candidate < Order)
            {
                yield return v;
            }

            k = Hmac(k, [.. v, 0]);
            v = Hmac(k, v);
        }
    }

    private static byte[] Hmac(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);

    /// <summary>The x of a multiple of the generator: that of the public key whose private key the number is.</summary>
    private static BigInteger MultiplyGenerator(byte[] number)
    {
        using var point = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = number });
        return Number(point.ExportParameters(includePrivateParameters: false).Q.X!);
    }

    private static BigInteger Number(byte[] octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static byte[] Octets(BigInteger number)
    {
        var octets = new byte[Bytes];
        var minimal = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        minimal.CopyTo(octets, Bytes - minimal.Length);
        return octets;
    }
}
