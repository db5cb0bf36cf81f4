using System.Text;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Patterns.Tests.Trust;

public sealed class TrustedRootTests : IDisposable
{
    private readonly Ceremony _ceremony = new();

    public void Dispose() => _ceremony.Dispose();

    [Fact]
    public void Pin_OfARootSignedByItsKey_IsBelieved()
    {
        var root = _ceremony.Root();

        Assert.Equal(1, root.Document.Version);
        Assert.NotNull(root.Signer(RootSigner.RootKey(_ceremony.Signing).KeyId));
    }

    [Fact]
    public void Pin_OfARootSignedByAnotherKey_IsRefused() =>
        AssertRefused("signed by 0 of its own root keys", () => TrustedRoot.Pin(RootSigner.Sign(_ceremony.Document(), [_ceremony.Second])));

    [Fact]
    public void Succeed_SignedByOldAndNewKeys_ChangesTheRootKey()
    {
        var next = _ceremony.Document(2) with { RootKeys = [RootSigner.RootKey(_ceremony.Second)] };

        var second = _ceremony.Root().Succeed(RootSigner.Sign(next, [_ceremony.First, _ceremony.Second]));

        var third = second.Succeed(RootSigner.Sign(next with { Version = 3 }, [_ceremony.Second]));
        Assert.Equal(3, third.Document.Version);
    }

    [Fact]
    public void Succeed_SignedByTheNewKeyAlone_IsRefused()
    {
        var next = _ceremony.Document(2) with { RootKeys = [RootSigner.RootKey(_ceremony.Second)] };
        AssertRefused("signed by 0 of root 1's root keys", () => _ceremony.Root().Succeed(RootSigner.Sign(next, [_ceremony.Second])));
    }

    [Fact]
    public void Succeed_SignedByTheOldKeyAlone_IsRefused()
    {
        var next = _ceremony.Document(2) with { RootKeys = [RootSigner.RootKey(_ceremony.Second)] };
        AssertRefused("signed by 0 of its own root keys", () => _ceremony.Root().Succeed(RootSigner.Sign(next, [_ceremony.First])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Succeed_OfAnyOtherThanTheNextVersion_IsRefused(int version) =>
        AssertRefused("does not follow root 1", () => _ceremony.Root().Succeed(RootSigner.Sign(_ceremony.Document(version), [_ceremony.First])));

    [Fact]
    public void Pin_WithAThresholdOfTwo_NeedsTwoDifferentKeys()
    {
        var both = _ceremony.Document() with
        {
            RootKeys = [RootSigner.RootKey(_ceremony.First), RootSigner.RootKey(_ceremony.Second)],
            RootThreshold = 2,
        };
        var one = RootSigner.Sign(both, [_ceremony.First]);

        AssertRefused("signed by 1 of its own root keys; 2 are needed", () => TrustedRoot.Pin(RootSigner.Sign(both, [_ceremony.First, _ceremony.First])));
        Assert.Equal(1, TrustedRoot.Pin(RootSigner.AddSignatures(one, [_ceremony.Second])).Document.Version);
    }

    [Fact]
    public void Pin_WithOneKeyTwice_IsRefused()
    {
        var key = RootSigner.RootKey(_ceremony.First);
        var twice = _ceremony.Document() with { RootKeys = [key, key], RootThreshold = 2 };
        AssertRefused("stands in it twice", () => TrustedRoot.Pin(RootSigner.Sign(twice, [_ceremony.First])));
    }

    [Fact]
    public void Pin_WithOneKeyUnderTwoIds_IsRefused()
    {
        var key = RootSigner.RootKey(_ceremony.First);
        var twice = _ceremony.Document() with { RootKeys = [key, key with { KeyId = new string('0', 64) }], RootThreshold = 2 };
        AssertRefused("is not the id of a key", () => TrustedRoot.Pin(RootSigner.Sign(twice, [_ceremony.First])));
    }

    [Fact]
    public void Pin_OfEveryChangedByte_IsRefused()
    {
        var good = RootSigner.Sign(_ceremony.Document(), [_ceremony.First]);
        for (var i = 0; i < good.Length; i++)
        {
            var changed = (byte[])good.Clone();
            changed[i] ^= 1;
            var believed = Believed(changed);
            Assert.True(believed is null || believed == TrustedRoot.Pin(good).Document.Version, $"byte {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"payload":"AAAA","signatures":[]}""")]
    [InlineData("""{"payload":"bnVsbA==","signatures":[]}""")]
    public void Pin_OfSomethingElse_IsRefused(string text) =>
        Assert.Throws<RootException>(() => TrustedRoot.Pin(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Pin_OfTooLargeADocument_IsRefusedUnread() =>
        AssertRefused("is not read", () => TrustedRoot.Pin(new byte[TrustedRoot.MaxBytes + 1]));

    /// <summary>A changed signature may still be the same signature in other base64 padding bits; then nothing has changed.</summary>
    private static int? Believed(byte[] json)
    {
        try
        {
            return TrustedRoot.Pin(json).Document.Version;
        }
        catch (RootException)
        {
            return null;
        }
    }

    private static void AssertRefused(string why, Func<TrustedRoot> read) =>
        Assert.Contains(why, Assert.Throws<RootException>(read).Message, StringComparison.Ordinal);
}
