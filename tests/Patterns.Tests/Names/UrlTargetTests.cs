using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Names;

namespace MediaSecurityLite.Patterns.Tests.Names;

public sealed class UrlTargetTests
{
    [Theory]
    [InlineData("/a/%7euser/", "/a/~user")]
    [InlineData("/%41%42c", "/ABc")]
    [InlineData("/x%2fy", "/x%2Fy")]
    [InlineData("/%e3%81%82", "/%E3%81%82")]
    [InlineData("/あ", "/%E3%81%82")]
    [InlineData("/a/./b/../c", "/a/c")]
    [InlineData("/a//b", "/a/b")]
    [InlineData("/a?q=%2f&あ=1", "/a?q=%2F&%E3%81%82=1")]
    [InlineData("/a#part", "/a")]
    [InlineData("/100%", "/100%")]
    [InlineData("/%zz%4", "/%zz%4")]
    public void TryNormalise_SpellsATargetAsTheLineDoes(string target, string normal)
    {
        Assert.True(UrlTarget.TryNormalise(target, out var spelt));
        Assert.Equal(normal, spelt);
    }

    [Property]
    public bool Normalize_OfItsOwnResult_ChangesNothing(string text)
    {
        var once = new byte[512];
        var length = HttpTargets.Normalize(Encoding.UTF8.GetBytes("/" + text), once);
        var twice = new byte[512];
        var again = HttpTargets.Normalize(once.AsSpan(0, length), twice);
        return (text ?? "").Contains('%', StringComparison.Ordinal) || once.AsSpan(0, length).SequenceEqual(twice.AsSpan(0, again));
    }
}
