namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Reads formats whose sources are one file, or a folder whose files the source's rules choose.</summary>
internal abstract class FileFeedReader : IFeedReader
{
    public void Read(FeedSource source, IFeedSink sink)
    {
        if (!Directory.Exists(source.Path))
        {
            Read(new FeedFile(source, source.Path, Path.GetFileName(source.Path)), sink);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(source.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Read(new FeedFile(source, file, Path.GetRelativePath(source.Path, file)), sink);
        }
    }

    /// <summary>Reads one file.</summary>
    protected abstract void ReadFile(FeedFile file, IFeedSink sink);

    /// <summary>Hands an entry on, or says why it cannot be used.</summary>
    protected static void Add(DropReason? fault, in Indicator indicator, Inspection.Detectors.PatternLabel? label, FeedPlace place, ReadOnlySpan<char> text, IFeedSink sink)
    {
        if (fault is { } reason)
        {
            sink.Drop(reason, place, text);
        }
        else if (label is null)
        {
            sink.Drop(DropReason.Unmapped, place, text);
        }
        else
        {
            sink.Add(indicator, label, place);
        }
    }

    private void Read(FeedFile file, IFeedSink sink)
    {
        if (file.IsUnread)
        {
            return;
        }

        try
        {
            ReadFile(file, sink);
        }
        catch (InvalidDataException fault)
        {
            // A packed file that is damaged, in a folder of files that are not.
            sink.Drop(DropReason.Malformed, file.Line(0), fault.Message);
        }
    }
}
