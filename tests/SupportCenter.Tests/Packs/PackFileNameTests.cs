using FsCheck.Xunit;
using MediaSecurityLite.SupportCenter.Packs.Library;

namespace MediaSecurityLite.SupportCenter.Tests.Packs;

public sealed class PackFileNameTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("root/1.json")]
    [InlineData("root/999999999.json")]
    [InlineData($"manifests/{Digest}")]
    [InlineData($"blobs/{Digest}")]
    [InlineData($"blobs/{Digest}.zst")]
    [InlineData($"deltas/{Digest}-{Digest}")]
    public void TryParse_NameOfARepositoryFile_IsTaken(string path)
    {
        Assert.True(PackFileName.TryParse(path, out var file));
        Assert.Equal(path, file.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("root/0.json")]
    [InlineData("root/01.json")]
    [InlineData("root/-1.json")]
    [InlineData("root/1000000000.json")]
    [InlineData("root/.json")]
    [InlineData("root/../center.db")]
    [InlineData("root/１.json")]
    [InlineData("blobs/")]
    [InlineData("blobs/../../authority.pem")]
    [InlineData($"blobs/{Digest}/..")]
    [InlineData($"blobs/{Digest}.zst.zst")]
    [InlineData($"manifests/{Digest}.zst")]
    [InlineData($"deltas/{Digest}")]
    [InlineData($"deltas/{Digest}_{Digest}")]
    [InlineData($"other/{Digest}")]
    [InlineData($"Blobs/{Digest}")]
    [InlineData($"blobs//{Digest}")]
    [InlineData("blobs/0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF")]
    public void TryParse_AnythingElse_IsRefused(string path) => Assert.False(PackFileName.TryParse(path, out _));

    [Property]
    public bool TryParse_AnyText_NeverLeavesItsFolder(string? name) => Enum.GetValues<PackFileKind>().All(kind =>
        !PackFileName.TryParse(kind, name ?? "", out var file) || !file.Name.Contains('/', StringComparison.Ordinal));
}
