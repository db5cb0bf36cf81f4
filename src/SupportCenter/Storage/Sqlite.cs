using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MediaSecurityLite.SupportCenter.Storage;

/// <summary>What the centre needs to know of SQLite and of no other database.</summary>
internal static class Sqlite
{
    public const string ProviderName = "Microsoft.EntityFrameworkCore.Sqlite";

    private const string FileName = "center.db";

    // SQLITE_CONSTRAINT: the row itself is at fault, not the disk or a lock.
    private const int ConstraintViolated = 19;

    public static string FileOf(string dataDirectory) => Path.Combine(dataDirectory, FileName);

    /// <summary>The database of a data directory. Full flushing is SQLite's default: what is committed survives a power cut.</summary>
    public static void Use(DbContextOptionsBuilder builder, string dataDirectory) =>
        builder.UseSqlite(new SqliteConnectionStringBuilder
        {
            DataSource = FileOf(dataDirectory),
            ForeignKeys = true,
        }.ConnectionString);

    /// <summary>
    /// Write-ahead logging, so that readers and the writer do not wait for each other. It is a property of the file, and EF
    /// sets it only for a file that it made itself.
    /// </summary>
    public static Task UseWriteAheadLogAsync(CenterDb db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'", cancellationToken);

    /// <summary>SQLite has no type for a point in time; microseconds since 1970 sort and compare as numbers.</summary>
    public static void Configure(ModelConfigurationBuilder conventions) =>
        conventions.Properties<DateTimeOffset>().HaveConversion<MicrosecondsConverter>();

    /// <summary>True if the database refuses the row, false if it cannot work at present.</summary>
    public static bool IsRowRefused(Exception exception) =>
        exception is DbUpdateException { InnerException: SqliteException { SqliteErrorCode: ConstraintViolated } };

    private sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
        time => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
        microseconds => new DateTimeOffset(DateTimeOffset.UnixEpoch.UtcTicks + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero));
}
