using System.Buffers.Binary;
using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Packs;

public sealed class KeyHasherTests
{
    // SIPHASH of OpenSSL's mac command with c-rounds:1, d-rounds:3, size:16 and the key 000102…0f.
    [Theory]
    [InlineData("", "E77EBCB22788A5BEFD62DB6ADD303001")]
    [InlineData("\0", "FC6F370460D3EDA85E0573CC2B2FF063")]
    [InlineData("com.example.www", "AD9FA658673F6DB41DA7D3D5C18A4920")]
    [InlineData("0123456789abcdef01234567", "BD35FD160F1DF4379483AEDD74D6CE47")]
    public void Hash_OfKnownKey_IsWhatOpenSslSays(string key, string expected)
    {
        var hasher = new KeyHasher(0x0706050403020100, 0x0f0e0d0c0b0a0908);

        var hash = hasher.Hash(Encoding.ASCII.GetBytes(key));

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, hash.Low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], hash.High);
        Assert.Equal(expected, Convert.ToHexString(bytes));
    }

    [Property]
    public bool HashPrefixes_OfAnyKey_EqualsTheHashOfEachPrefix(byte[] key)
    {
        var hasher = new KeyHasher(1, 2);
        var ends = Enumerable.Range(0, key.Length + 1).Select(end => (ushort)end).ToArray();
        var hashes = new KeyHash[ends.Length];

        hasher.HashPrefixes(key, ends, hashes);

        return ends.All(end => hashes[end] == hasher.Hash(key.AsSpan(0, end)));
    }
}
