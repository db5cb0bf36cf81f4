using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Tests.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Prepare_Database_IsPrivateDurableAndReadableWhileWritten()
    {
        var data = _folder["data"];

        await DataDirectory.PrepareAsync(data, Token);

        await using var db = DataDirectory.OpenDb(data);
        Assert.Equal("wal", await PragmaAsync<string>(db, "journal_mode"));
        Assert.Equal(2L, await PragmaAsync<long>(db, "synchronous"));
        Assert.Equal(1L, await PragmaAsync<long>(db, "foreign_keys"));
        Assert.All(
            Directory.GetFiles(data),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data));
    }

    [Fact]
    public async Task Prepare_Model_HasNoChangeWithoutAMigration()
    {
        await DataDirectory.PrepareAsync(_folder["data"], Token);

        await using var db = DataDirectory.OpenDb(_folder["data"]);
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Token));
    }

    private static async Task<T> PragmaAsync<T>(CenterDb db, string name)
    {
        await db.Database.OpenConnectionAsync(Token);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }
}
