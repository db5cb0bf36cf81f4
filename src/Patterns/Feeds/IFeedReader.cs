namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Reads the entries of one format. What it cannot use it reports and goes on.</summary>
internal interface IFeedReader
{
    /// <summary>Reads a source.</summary>
    /// <exception cref="IOException">The source, or a file of it, cannot be read.</exception>
    void Read(FeedSource source, IFeedSink sink);
}
