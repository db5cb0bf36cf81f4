namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Walks the items of JSON documents and reports those that cannot be read.</summary>
internal static class JsonFeed
{
    public delegate void ItemReader(in JsonItem item);

    /// <summary>Calls <paramref name="take"/> for each item of a file that can be read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sink">Is told of the others; null where they are reported elsewhere.</param>
    /// <param name="take">Takes an item.</param>
    public static void Read(FeedFile file, IFeedSink? sink, ItemReader take)
    {
        using var stream = file.Open();
        var items = new JsonItemReader(stream);
        while (items.TryRead(out var item))
        {
            if (item.Fault is { } fault)
            {
                sink?.Drop(fault, file.Line(item.Line), "");
            }
            else
            {
                take(item);
            }
        }
    }
}
