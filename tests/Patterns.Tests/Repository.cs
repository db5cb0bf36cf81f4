namespace MediaSecurityLite.Patterns.Tests;

/// <summary>Where the sources of the product lie, and the feeds beside them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string StarterSources => Path.Combine(Root, "deploy", "patterns", "sources.json");

    public static string FeedSources => Path.Combine(Root, "deploy", "patterns", "feeds.json");

    /// <summary>Real feeds for tests; null on machines that have none.</summary>
    public static string? Feeds
    {
        get
        {
            var feeds = Path.GetFullPath(Path.Combine(Root, "..", "shared", "corpus", "dev", "feeds"));
            return Directory.Exists(feeds) ? feeds : null;
        }
    }

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MediaSecurityLite.Gateway.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                ?? throw new InvalidOperationException("the tests do not run inside the repository");
        }

        return folder;
    }
}
