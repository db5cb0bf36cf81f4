using System.Security.Cryptography;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Packs;

public sealed class PackIntegrityTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Fact]
    public void Open_WithOneFlippedBitAtAnyOffset_IsRefused()
    {
        var pack = SmallPack();
        for (var offset = 0; offset < pack.Length; offset++)
        {
            pack[offset] ^= (byte)(1 << (offset % 8));

            Assert.NotNull(PackImage.Check(pack, "pack", _shop.Keys, out _));
            Assert.NotNull(PackImage.Check(pack, "pack", TrustedKeys.AnySigner, out _));

            pack[offset] ^= (byte)(1 << (offset % 8));
        }

        Assert.Null(PackImage.Check(pack, "pack", _shop.Keys, out _));
    }

    [Fact]
    public void Open_CutAtAnyLengthOrWithBytesAdded_IsRefused()
    {
        var pack = SmallPack();
        for (var length = 0; length < pack.Length; length++)
        {
            Assert.NotNull(PackImage.Check(pack.AsSpan(0, length), "pack", _shop.Keys, out _));
        }

        Assert.Equal(PackFaultKind.Damaged, PackImage.Check([.. pack, 0], "pack", _shop.Keys, out _)?.Kind);
    }

    [Fact]
    public void Open_WithFlippedByte_SaysWhichSection()
    {
        var pack = SmallPack();
        pack[^1] ^= 1;

        var opening = PatternPack.Open(_shop.Write("bad.mslpack", pack), _shop.Keys);

        Assert.False(opening.IsOpen);
        Assert.Equal(PackFaultKind.Damaged, opening.Fault.Kind);
        Assert.Contains("catalogue", opening.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SignedByAStranger_IsRefusedByName()
    {
        using var stranger = new Workshop();
        var pack = stranger.Write("other.mslpack", stranger.Build(stranger.WriteTrails("evil.test")).Pack);

        var opening = PatternPack.Open(pack, _shop.Keys);

        Assert.Equal(PackFaultKind.UntrustedSigner, opening.Fault?.Kind);
        Assert.Contains(pack, opening.Fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SectionsOfAnotherPackUnderTheSameKey_AreRefused()
    {
        var one = SmallPack();
        var other = _shop.Build(_shop.WriteTrails("else.test")).Pack;
        Assert.Equal(one.Length, other.Length);
        Assert.True(PackFrame.TryRead(one, out var frame));

        var mixed = (byte[])[.. one[..frame.FirstSection], .. other[frame.FirstSection..]];

        Assert.Equal(PackFaultKind.Damaged, PackImage.Check(mixed, "pack", _shop.Keys, out _)?.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no pack, it is only a text that somebody put there")]
    public void Open_OfSomethingElse_IsRefused(string content)
    {
        var opening = PatternPack.Open(_shop.Write("text.mslpack", content), _shop.Keys);

        Assert.False(opening.IsOpen);
    }

    [Fact]
    public void Open_OfAbsentFile_IsUnreadable() =>
        Assert.Equal(PackFaultKind.Unreadable, PatternPack.Open(_shop.Path("absent.mslpack"), _shop.Keys).Fault?.Kind);

    [Fact]
    public void Open_OfNewerLayout_IsRefusedAsSuch()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var pack = PackWriter.Write(Workshop.Identity("1"), [], [("unknown", [1, 2, 3])], key);
        var opening = PatternPack.Open(_shop.Write("new.mslpack", pack), TrustedKeys.AnySigner);

        Assert.Equal(PackFaultKind.NotAPack, opening.Fault?.Kind);
    }

    [Fact]
    public void Resign_WithAnotherKey_ChangesTheSignerAlone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = PackWriter.Resign(SmallPack(), key);
        var keys = TrustedKeys.Load([_shop.Write("second.pem", key.ExportSubjectPublicKeyInfoPem())]);

        using var pack = PatternPack.Open(_shop.Write("second.mslpack", signed), keys).Pack;

        Assert.NotNull(pack);
        Assert.Equal([("family", 9)], pack.Name("evil.test"));
        Assert.Equal(PackFaultKind.UntrustedSigner, PackImage.Check(signed, "pack", _shop.Keys, out _)?.Kind);
    }

    public void Dispose() => _shop.Dispose();

    private byte[] SmallPack() => _shop.Build(_shop.WriteTrails("evil.test")).Pack;
}
