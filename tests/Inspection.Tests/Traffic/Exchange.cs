using System.Text;
using System.Text.Json.Nodes;

namespace MediaSecurityLite.Inspection.Tests.Traffic;

/// <summary>Datagrams between one client and one server, as frames.</summary>
internal sealed class Exchange(ushort serverPort, ushort clientPort = 40000)
{
    private const string ClientAddress = "192.168.1.10";
    private const string ServerAddress = "203.0.113.80";

    public List<byte[]> Frames { get; } = [];

    public Exchange Client(byte[] payload)
    {
        Frames.Add(FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip(ClientAddress, ServerAddress, 17, FrameBuilder.Udp(clientPort, serverPort, payload))));
        return this;
    }

    public Exchange Client(string text) => Client(Encoding.Latin1.GetBytes(text));

    public Exchange Server(byte[] payload)
    {
        Frames.Add(FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip(ServerAddress, ClientAddress, 17, FrameBuilder.Udp(serverPort, clientPort, payload))));
        return this;
    }

    public Exchange Server(string text) => Server(Encoding.Latin1.GetBytes(text));

    public Replaying Replay() => Replaying.Of(Frames);
}

/// <summary>What tests ask of records.</summary>
internal static class RecordExtensions
{
    /// <summary>The protocol on the first flow record.</summary>
    public static string? AppProtocol(this Replaying replaying) => (string?)replaying.Records("flow")[0]["app_proto"];

    /// <summary>The only record of a type: what it says under the type's own name.</summary>
    public static JsonNode Only(this Replaying replaying, string eventType) => Assert.Single(replaying.Records(eventType))[eventType]!;

    /// <summary>All records but for times, sizes and packet counts: what must not depend on how a stream was cut.</summary>
    public static string Essence(this Replaying replaying)
    {
        var lines = replaying.Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var record = JsonNode.Parse(line)!.AsObject();
            record.Remove("timestamp");
            record.Remove("flow");
            return record.ToJsonString();
        });
        return string.Join('\n', lines);
    }
}
