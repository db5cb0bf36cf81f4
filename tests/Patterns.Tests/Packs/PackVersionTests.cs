using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Packs;

public sealed class PackVersionTests
{
    [Theory]
    [InlineData("2026.9.1", "2026.11.22")]
    [InlineData("2026.11.22", "2026.11.22.1")]
    [InlineData("1", "2")]
    public void CompareTo_IsByNumber(string older, string newer)
    {
        Assert.True(PackVersion.TryParse(older, out var first));
        Assert.True(PackVersion.TryParse(newer, out var second));
        Assert.True(first < second);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1.")]
    [InlineData("1.2.3.4.5")]
    [InlineData("-1")]
    [InlineData("1234567890")]
    [InlineData(null)]
    public void TryParse_OfOtherText_Fails(string? text) => Assert.False(PackVersion.TryParse(text, out _));
}
