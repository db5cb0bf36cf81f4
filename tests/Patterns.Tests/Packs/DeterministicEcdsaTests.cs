using System.Security.Cryptography;
using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Packs;

public sealed class DeterministicEcdsaTests
{
    // RFC 6979, A.2.5: P-256 with SHA-256.
    [Theory]
    [InlineData("sample", "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")]
    [InlineData("test", "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083")]
    public void Sign_OfTheVectorsOfRfc6979_GivesTheirSignatures(string message, string expected)
    {
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"),
        });

        Assert.Equal(expected, Convert.ToHexString(DeterministicEcdsa.Sign(key, Encoding.ASCII.GetBytes(message))));
    }

    [Property(MaxTest = 30)]
    public bool Sign_WithAnyKey_VerifiesWithTheFramework(byte[] message)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        return key.VerifyData(message, DeterministicEcdsa.Sign(key, message), HashAlgorithmName.SHA256);
    }
}
