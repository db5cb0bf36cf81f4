using System.Diagnostics.CodeAnalysis;

namespace MediaSecurityLite.Contracts;

/// <summary>The MQTT topics between box and centre; the whole list with its payloads is <c>asyncapi.yaml</c> beside this file.</summary>
public static class Topics
{
    private const string Root = "msl/v1/gw/";

    /// <summary>What the centre subscribes to: everything every gateway says.</summary>
    public const string AllGateways = Root + "+/#";

    /// <summary>Announcements of pattern packs start with this; every gateway may read them.</summary>
    public const string Patterns = "msl/v1/patterns/";

    /// <summary>An event of <paramref name="type"/>, one of <see cref="EventTypes"/>.</summary>
    public static string Event(GatewayId gateway, string type) => $"{Root}{gateway}/event/{type}";

    /// <summary>The box's regular sign of life.</summary>
    public static string Heartbeat(GatewayId gateway) => $"{Root}{gateway}/heartbeat";

    /// <summary>Retained: whether the box is connected; the broker publishes the last will here.</summary>
    public static string Presence(GatewayId gateway) => $"{Root}{gateway}/presence";

    /// <summary>Retained: the <see cref="PackAnnouncement"/> of one of <see cref="PatternChannels"/>.</summary>
    public static string PatternChannel(string channel) => Patterns + channel;

    /// <summary>True if <paramref name="topic"/> lies in the subtree of <paramref name="gateway"/>.</summary>
    public static bool IsOwnSubtree(GatewayId gateway, string topic) =>
        topic.StartsWith($"{Root}{gateway}/", StringComparison.Ordinal);

    /// <summary>Takes a topic apart: the gateway it belongs to and what follows its id, such as <c>event/detection</c>.</summary>
    public static bool TryParse(string topic, out GatewayId gateway, [NotNullWhen(true)] out string? rest)
    {
        gateway = default;
        rest = null;
        if (!topic.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        var slash = topic.IndexOf('/', Root.Length);
        if (slash < 0 || !GatewayId.TryParse(topic[Root.Length..slash], out gateway))
        {
            return false;
        }

        rest = topic[(slash + 1)..];
        return rest.Length > 0;
    }
}
