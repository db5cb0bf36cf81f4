using Microsoft.Data.Sqlite;

namespace MediaSecurityLite.Gateway.Outbox;

/// <summary>
/// The SQLite file under the outbox: how it is opened, so that a commit is on the disk before it returns (WAL,
/// synchronous=FULL), and how a damaged one is found. A damaged file is moved aside, never deleted.
/// </summary>
internal static class OutboxFile
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS event(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            type TEXT NOT NULL,
            urgency INTEGER NOT NULL,
            payload BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS event_order ON event(urgency, sequence);
        PRAGMA user_version = 1;
        """;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="SqliteException">It is damaged (<see cref="IsDamage"/>), or the file system refuses.</exception>
    public static SqliteConnection Open(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            RequireWhole(connection);
            Execute(connection, "PRAGMA journal_mode=WAL");
            Execute(connection, "PRAGMA synchronous=FULL");
            Execute(connection, "PRAGMA journal_size_limit=4194304");
            Execute(connection, Schema);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that was moved aside, to save what can be read from it.</summary>
    public static SqliteConnection OpenDamaged(string path) => Connect(path, SqliteOpenMode.ReadWrite);

    /// <summary>True where the file is damaged, rather than the disk full, busy or gone.</summary>
    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB;

    /// <summary>Moves a damaged file and what belongs to it out of the way; only the newest damaged file is kept.</summary>
    /// <returns>Where it is now.</returns>
    public static string MoveAside(string path)
    {
        var aside = path + ".damaged";
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix, overwrite: true);
            }
            else
            {
                File.Delete(aside + suffix);
            }
        }

        return aside;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 1,
        }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void RequireWhole(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok")
        {
            throw new SqliteException("the check of the outbox found damage", SQLitePCL.raw.SQLITE_CORRUPT);
        }
    }
}
