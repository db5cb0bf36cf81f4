using System.Text;
using System.Text.Json;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>The exports of abuse.ch's projects (<see cref="AbuseChRecord"/>), CSV with its columns named in a comment, or JSON.</summary>
internal sealed class AbuseChReader : FileFeedReader
{
    protected override void ReadFile(FeedFile file, IFeedSink sink)
    {
        if (IsJson(file))
        {
            JsonFeed.Read(file, sink, (in item) =>
            {
                var element = item.Value;
                Take(new AbuseChRecord(name => Field(element, name)), file, file.Line(item.Line), sink);
            });
        }
        else
        {
            ReadCsv(file, sink);
        }
    }

    private static bool IsJson(FeedFile file)
    {
        using var stream = file.Open();
        Span<byte> start = stackalloc byte[256];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var text = start[..length];
        text = (text.StartsWith(Encoding.UTF8.Preamble) ? text[3..] : text).TrimStart(" \t\r\n"u8);
        return !text.IsEmpty && text[0] is (byte)'{' or (byte)'[';
    }

    /// <summary>Tags are a list in JSON and one field in CSV.</summary>
    private static string? Field(JsonElement element, string name) => name == "tags"
        ? element.Items(name).Where(tag => tag.ValueKind == JsonValueKind.String).Select(tag => tag.GetRawText().Trim('"')).FirstOrDefault()
        : element.Text(name);

    private static void ReadCsv(FeedFile file, IFeedSink sink)
    {
        using var stream = file.Open();
        var lines = new LineReader(stream);
        Dictionary<string, int>? columns = null;
        while (lines.TryRead(out var line))
        {
            var place = file.Line(line.Number);
            var isComment = line.Text.StartsWith('#');
            var fields = line.Fault is null ? CsvFields.Split(isComment ? line.Text.AsSpan(1) : line.Text) : null;
            if (fields is not null && (isComment || columns is null) && AbuseChRecord.AreColumns(fields))
            {
                columns = fields.Select((name, index) => (name, index)).DistinctBy(one => one.name, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(one => one.name, one => one.index, StringComparer.OrdinalIgnoreCase);
            }
            else if (line.Fault is { } fault)
            {
                sink.Drop(fault, place, "");
            }
            else if (isComment || line.Text.Length == 0)
            {
                continue;
            }
            else if (columns is null || fields is null)
            {
                sink.Drop(columns is null ? DropReason.Unmapped : DropReason.Malformed, place, line.Text);
            }
            else
            {
                Take(new AbuseChRecord(name => columns.TryGetValue(name, out var index) && index < fields.Count ? fields[index] : null), file, place, sink);
            }
        }
    }

    private static void Take(in AbuseChRecord record, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var fault = record.Parse(out var indicator);
        fault ??= record.Confidence < file.MinConfidence ? DropReason.LowConfidence : null;
        Add(fault, indicator, file.Label(record.Type, record.Family), place, record.Shown, sink);
    }
}
