using MediaSecurityLite.Patterns.Compiling;

namespace MediaSecurityLite.Patterns.Tests.Compiling;

public sealed class SourceListTests : IDisposable
{
    private static readonly Dictionary<string, string> NoFolders = [];

    private readonly Workshop _shop = new();

    [Theory]
    [InlineData("{", "sources.json")]
    [InlineData("""{ "sources": [ { "id": "x" } ] }""", "format")]
    [InlineData("""{ "sources": [], "surprise": 1 }""", "surprise")]
    [InlineData("""{ "sources": [ { "id": "x", "format": "trails", "path": "absent", "licence": "MIT", "kind": "Application", "name": "y" } ] }""", "absent does not exist")]
    [InlineData("""{ "sources": [ { "id": "x", "format": "trails", "path": "list.txt", "licence": "MIT" } ] }""", "needs 'kind'")]
    [InlineData("""{ "sources": [ { "id": "x", "format": "trails", "path": "list.txt", "licence": "MIT", "kind": "Category", "name": "nowhere" } ] }""", "no category 'nowhere'")]
    [InlineData("""{ "sources": [ { "id": "x", "format": "trails", "path": "list.txt", "licence": "MIT", "kind": "Application", "name": "Not An Id" } ] }""", "no proper name")]
    [InlineData("""{ "sources": [ { "id": "x", "format": "trails", "path": "{feeds}/a", "licence": "MIT" } ] }""", "--folder feeds=PATH")]
    [InlineData("""{ "categories": "absent.json", "sources": [] }""", "absent.json")]
    [InlineData("""{ "neverBlock": ["list.txt"], "sources": [] }""", "list.txt:2")]
    public void Load_OfWrongList_SaysWhatIsWrong(string json, string expected)
    {
        _shop.Write("list.txt", "a.test\nnot/a/name\n");
        var fault = Assert.Throws<SourceListException>(() => SourceList.Load([_shop.Write("sources.json", json)], NoFolders));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfWrongCatalogue_SaysAllOfIt()
    {
        _shop.Write("applications.json", """
            { "groups": [ { "id": "chat", "name": { "ja": "チャット", "en": "" } } ],
              "applications": [
                { "id": "Line", "name": { "ja": "LINE", "en": "LINE" }, "group": "chat", "risk": "Low" },
                { "id": "slack", "name": { "ja": "Slack", "en": "Slack" }, "group": "talk", "risk": "Low" },
                { "id": "slack", "name": { "ja": "Slack", "en": "Slack" }, "group": "chat", "risk": "Low" } ] }
            """);
        var list = _shop.Write("sources.json", """{ "sources": [ { "id": "apps", "format": "applications", "path": "applications.json", "licence": "MIT" } ] }""");

        var fault = Assert.Throws<SourceListException>(() => SourceList.Load([list], NoFolders));

        Assert.Equal(4, fault.Message.Split('\n').Length);
    }

    [Fact]
    public void Load_OfTwoLists_JoinsThem()
    {
        var first = _shop.WriteTrails("a.test\n");
        var second = _shop.Write("more/sources.json", """
            { "sources": [ { "id": "more", "format": "trails", "path": "{up}/trails.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "x" } ] }
            """);
        var folders = new Dictionary<string, string> { ["up"] = Path.GetDirectoryName(first)! };

        Assert.Equal(["feed", "more"], SourceList.Load([first, second], folders).Sources.Select(source => source.Entry.Id));
        Assert.Throws<SourceListException>(() => SourceList.Load([first, first], folders));
    }

    public void Dispose() => _shop.Dispose();
}
