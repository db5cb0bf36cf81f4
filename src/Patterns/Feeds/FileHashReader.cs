namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// Digests of files: one per line with or without the file's name behind it (as sha256sum writes it), or ClamAV's signatures
/// <c>digest:size:name[:level]</c> (hdb: MD5, hsb: SHA-1 and SHA-256). The size is not used: a digest says enough.
/// </summary>
internal sealed class FileHashReader : LineFeedReader
{
    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var end = text.IndexOfAny(":, \t");
        var digest = (end < 0 ? text : text[..end]).Trim('"');
        var family = "";
        if (end >= 0 && text[end] == ':')
        {
            var parts = text.ToString().Split(':');
            family = parts.Length >= 3 ? parts[2] : "";
            if (parts.Length < 3 || (parts[1] != "*" && !ulong.TryParse(parts[1], out _)))
            {
                sink.Drop(DropReason.Malformed, place, text);
                return;
            }
        }

        var fault = HashIndicator.ParseFile(digest, out var indicator);
        Add(fault, indicator, file.Label("", family), place, text, sink);
    }
}
