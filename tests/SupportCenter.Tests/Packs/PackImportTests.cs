using System.Text;
using MediaSecurityLite.SupportCenter.Packs.Library;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MediaSecurityLite.SupportCenter.Tests.Packs;

/// <summary>All of a repository comes in, or nothing.</summary>
public sealed class PackImportTests : IAsyncLifetime
{
    private static readonly byte[] Names = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"host-{i}.bad.example ")));
    private static readonly byte[] MoreNames = [.. Names, .. "one-more.bad.example"u8];
    private static readonly byte[] Urls = "tiny"u8.ToArray();

    private readonly TemporaryFolder _folder = new();
    private TestRepository _repository = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    private PackLibrary Library => new(Data);

    public async ValueTask InitializeAsync()
    {
        await DataDirectory.PrepareAsync(Data, Token);
        _repository = new TestRepository(_folder["repository"]);
        _repository.AddRoot(1);
        _repository.AddPack("1", Names, Urls);
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Import_GoodRepository_TakesEveryFileIn()
    {
        _repository.AddRoot(2);
        var second = _repository.AddPack("1.1", MoreNames, Urls);
        var delta = _repository.AddDelta(Names, MoreNames);

        var result = await ImportAsync();

        Assert.Equal(["1", "1.1"], result.Packs.Select(pack => pack.Version));
        Assert.Equal((8, 2), (result.Files, result.RootVersion));
        Assert.True(Library.Has(PackFileName.TryParse(delta, out var file) ? file : throw new InvalidDataException(delta)));
        await using var db = DataDirectory.OpenDb(Data);
        var stored = await db.Packs.SingleAsync(pack => pack.Version == "1.1", Token);
        Assert.Equal((second, MoreNames.Length + Urls.Length), (stored.ManifestSha256, stored.Bytes));
        AssertNothingLeftBehind();
    }

    [Fact]
    public async Task Import_Twice_BringsOnlyWhatIsNew()
    {
        await ImportAsync();
        var again = await ImportAsync();
        _repository.AddPack("2", MoreNames, Urls);

        var later = await ImportAsync();

        Assert.Equal((0, 0), (again.Packs.Count, again.Files));
        Assert.Equal("2", Assert.Single(later.Packs).Version);
        Assert.Equal(2, later.Files);
    }

    [Fact]
    public async Task Import_DeltaFromAVersionThatOnlyTheLibraryHas_IsTaken()
    {
        await ImportAsync();
        var pruned = new TestRepository(_folder["pruned"]);
        pruned.AddRoot(1);
        pruned.AddPack("2", MoreNames);
        pruned.AddDelta(Names, MoreNames);

        Assert.Equal(3, (await ImportAsync(_folder["pruned"])).Files);
    }

    [Fact]
    public async Task Import_WhatNoManifestNames_IsLeftBehind()
    {
        var orphan = TestRepository.Digest("nobody's"u8);
        await File.WriteAllTextAsync(_repository.PathOf($"blobs/{orphan}"), "anything", Token);

        await ImportAsync();

        Assert.False(Library.Has(PackFileName.Blob(orphan)));
    }

    [Fact]
    public Task Import_MissingSection_TakesNothing()
    {
        File.Delete(_repository.PathOf($"blobs/{TestRepository.Digest(Urls)}"));

        return AssertRefusedAsync($"blobs/{TestRepository.Digest(Urls)} is missing");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Import_DamagedBlob_TakesNothing(bool compressed)
    {
        var file = compressed ? $"blobs/{TestRepository.Digest(Names)}.zst" : $"blobs/{TestRepository.Digest(Urls)}";
        _repository.Damage(file);

        return AssertRefusedAsync(file);
    }

    [Fact]
    public async Task Import_CompressedBlobThatSwells_TakesNothing()
    {
        var bomb = new ZstdSharp.Compressor().Wrap(new byte[64 * 1024 * 1024]).ToArray();
        await File.WriteAllBytesAsync(_repository.PathOf($"blobs/{TestRepository.Digest(Names)}.zst"), bomb, Token);

        await AssertRefusedAsync($"does not give {Names.Length} bytes");
    }

    [Fact]
    public Task Import_DamagedDelta_TakesNothing()
    {
        _repository.AddPack("2", MoreNames);
        var delta = _repository.AddDelta(Names, MoreNames);
        _repository.Damage(delta);

        return AssertRefusedAsync(delta);
    }

    [Fact]
    public Task Import_DeltaThatLeadsElsewhere_TakesNothing()
    {
        _repository.AddPack("2", MoreNames);
        var delta = _repository.AddDelta(Names, MoreNames);
        File.Copy(_repository.PathOf(_repository.AddDelta(Names, Names)), _repository.PathOf(delta), overwrite: true);

        return AssertRefusedAsync(delta);
    }

    [Fact]
    public Task Import_DamagedManifest_TakesNothing()
    {
        var file = $"manifests/{_repository.AddPack("2", Urls)}";
        _repository.Damage(file);

        return AssertRefusedAsync(file);
    }

    [Theory]
    [InlineData(8, 0xFF)]
    [InlineData(0, 0x00)]
    [InlineData(11, 0x7F)]
    public async Task Import_FrontWithAHostileHeader_TakesNothing(int offset, byte value)
    {
        var front = TestRepository.Front("starter", "2", Urls);
        front[offset] = value;
        var file = $"manifests/{TestRepository.Digest(front)}";
        await File.WriteAllBytesAsync(_repository.PathOf(file), front, Token);

        await AssertRefusedAsync(file);
    }

    [Theory]
    [InlineData("../x", "2")]
    [InlineData("", "2")]
    [InlineData("starter", "2.x")]
    public async Task Import_ManifestWithAnImpossibleName_TakesNothing(string name, string version)
    {
        var front = TestRepository.Front(name, version, Urls);
        await File.WriteAllBytesAsync(_repository.PathOf($"manifests/{TestRepository.Digest(front)}"), front, Token);

        await AssertRefusedAsync("does not know");
    }

    [Fact]
    public async Task Import_AnotherPackOfAKnownVersion_TakesNothing()
    {
        await ImportAsync();
        _repository.AddPack("1", MoreNames);

        await AssertRefusedAsync("is another starter 1 than", packs: 1);
    }

    [Fact]
    public Task Import_WithoutARoot_TakesNothing()
    {
        File.Delete(_repository.PathOf("root/1.json"));

        return AssertRefusedAsync("root/1.json");
    }

    [Fact]
    public Task Import_GapInTheRoots_TakesNothing()
    {
        _repository.AddRoot(3);

        return AssertRefusedAsync("root/2.json is missing");
    }

    [Fact]
    public Task Import_RootOfAnotherNumber_TakesNothing()
    {
        File.Copy(_repository.PathOf("root/1.json"), _repository.PathOf("root/2.json"));

        return AssertRefusedAsync("root/2.json");
    }

    [Fact]
    public async Task Import_ChangedRoot_TakesNothing()
    {
        await ImportAsync();
        _repository.AddRoot(1, "another");

        await AssertRefusedAsync("roots never change", packs: 1);
    }

    [Fact]
    public async Task Import_UnknownFile_TakesNothing()
    {
        await File.WriteAllTextAsync(_repository.PathOf("blobs/readme.txt"), "", Token);

        await AssertRefusedAsync("blobs/readme.txt");
    }

    [Fact]
    public async Task Import_LinkToAFileOutside_TakesNothing()
    {
        var secret = _folder["secret"];
        await File.WriteAllTextAsync(secret, "secret", Token);
        File.CreateSymbolicLink(_repository.PathOf($"blobs/{TestRepository.Digest("secret"u8)}"), secret);

        await AssertRefusedAsync("is no regular file");
    }

    [Fact]
    public Task Import_TooLargeFile_TakesNothing()
    {
        using (var root = File.Create(_repository.PathOf("root/2.json")))
        {
            root.SetLength(300 * 1024);
        }

        return AssertRefusedAsync("root/2.json");
    }

    [Fact]
    public Task Import_FolderThatIsNoRepository_TakesNothing()
    {
        Directory.Delete(_repository.PathOf("manifests"), recursive: true);

        return AssertRefusedAsync("no folder manifests");
    }

    private Task<ImportResult> ImportAsync() => ImportAsync(_folder["repository"]);

    private async Task<ImportResult> ImportAsync(string repository)
    {
        await using var db = DataDirectory.OpenDb(Data);
        return await new PackImport(Library, db, new FakeTimeProvider(Messages.Noon)).RunAsync(repository, Token);
    }

    private async Task AssertRefusedAsync(string reason, int packs = 0)
    {
        var before = Files();

        var refusal = await Assert.ThrowsAsync<PackImportException>(ImportAsync);

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        await using var db = DataDirectory.OpenDb(Data);
        Assert.Equal(packs, await db.Packs.CountAsync(Token));
    }

    private string[] Files() => Directory.Exists(Path.Combine(Data, "patterns"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Data, "patterns"), "*", SearchOption.AllDirectories).Order()]
        : [];

    private void AssertNothingLeftBehind() =>
        Assert.Equal(4, Directory.EnumerateFileSystemEntries(Path.Combine(Data, "patterns")).Count());
}
