using System.Text.Json.Nodes;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols;

/// <summary>Runs one conversation cut in every way, and demands the same records of each.</summary>
internal static class Conversation
{
    /// <summary>The records of the types, the same however the conversation was cut; without what depends on packets.</summary>
    public static IReadOnlyList<JsonNode> Records(Action<TcpConversation> talk, params string[] types) => Records(80, talk, types);

    /// <summary>As <see cref="Records(Action{TcpConversation}, string[])"/>, to another port.</summary>
    public static IReadOnlyList<JsonNode> Records(ushort port, Action<TcpConversation> talk, params string[] types)
    {
        var whole = Run(port, 60_000, talk, types);
        foreach (var segmentLength in (int[])[1, 2, 3, 5, 8, 13, 29, 64, 333])
        {
            Assert.Equal(Texts(whole), Texts(Run(port, segmentLength, talk, types)));
        }

        return whole;
    }

    private static List<JsonNode> Run(ushort port, int segmentLength, Action<TcpConversation> talk, string[] types)
    {
        var conversation = new TcpConversation(segmentLength, serverPort: port);
        talk(conversation);
        var replaying = Replaying.Of(conversation.Frames);
        var records = types.SelectMany(replaying.Records).ToList();
        records.ForEach(record => record.AsObject().Remove("timestamp"));
        return records;
    }

    private static IEnumerable<string> Texts(IEnumerable<JsonNode> records) => records.Select(record => record.ToJsonString());
}
