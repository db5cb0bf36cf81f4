using MediaSecurityLite.SupportCenter.Identity;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Storage;

/// <summary>Makes the data directory and its database ready for this version of the program.</summary>
internal static class DataDirectory
{
    public static async Task PrepareAsync(string path, CancellationToken cancellationToken)
    {
        PrivateFile.EnsureDirectory(path);
        var file = Sqlite.FileOf(path);
        if (!File.Exists(file))
        {
            CreatePrivate(file);
        }

        await using var db = OpenDb(path);
        await Sqlite.UseWriteAheadLogAsync(db, cancellationToken);

        // Asked first because migrating takes a lock that a killed process would leave behind.
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
    }

    private static void CreatePrivate(string file)
    {
        try
        {
            // SQLite gives its journals the mode of the database.
            PrivateFile.Write(file, [], overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another mslcenter made it in the same moment.
        }
    }

    /// <summary>A database for a single command.</summary>
    public static CenterDb OpenDb(string path)
    {
        var builder = new DbContextOptionsBuilder<CenterDb>();
        Sqlite.Use(builder, path);
        return new CenterDb(builder.Options);
    }
}
