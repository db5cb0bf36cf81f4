using System.Text;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Feeds;

/// <summary>Builds packs of one source of any format, with rules that keep types and families apart.</summary>
internal sealed class FeedBench : IDisposable
{
    private readonly Workshop _shop = new();

    public Workshop Shop => _shop;

    /// <summary>Builds a pack of one file and opens it.</summary>
    public (PatternPack Pack, SourceReport Report) Open(string format, string text, string others = "")
    {
        var (pack, report) = _shop.Build(List(format, Encoding.UTF8.GetBytes(text), others));
        return (_shop.Open(pack), report.Sources[0]);
    }

    /// <summary>Builds a pack of a file and, behind it, of a source that is in order; gives both reports.</summary>
    public (SourceReport Tested, SourceReport Behind) Build(string format, byte[] bytes)
    {
        var reports = _shop.Build(List(format, bytes, "")).Report.Sources;
        return (reports[0], reports[1]);
    }

    public void Dispose() => _shop.Dispose();

    private string List(string format, byte[] bytes, string others)
    {
        _shop.Write("feed", bytes);
        _shop.Write("behind.txt", "behind.test\n");
        return _shop.Write("sources.json", $$"""
            { "sources": [
              { "id": "feed", "format": "{{format}}", "path": "feed", "licence": "MIT", {{others}} "rules": [
                { "type": "payload_delivery", "kind": "Malware", "name": "{family}" },
                { "type": "Payload delivery", "kind": "Malware", "name": "{family}" },
                { "type": "unwanted" },
                { "kind": "CommandAndControl", "name": "{family}" } ] },
              { "id": "behind", "format": "domains", "path": "behind.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "f" } ] }
            """);
    }
}
