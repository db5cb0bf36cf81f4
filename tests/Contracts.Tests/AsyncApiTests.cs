using System.Text.Json.Serialization.Metadata;
using YamlDotNet.Serialization;

namespace MediaSecurityLite.Contracts.Tests;

/// <summary>The AsyncAPI document says what the C# contracts say, in both directions.</summary>
public sealed class AsyncApiTests
{
    private static readonly GatewayId Gateway = GatewayId.Parse("gw-1");
    private static readonly Node Document = Load();

    /// <summary>Channel, the topic of the C# contracts, the CloudEvents type and the payload.</summary>
    public static TheoryData<string, string, string, Type> Channels => new()
    {
        { "detection", Topics.Event(Gateway, EventTypes.Detection), EventTypes.Detection, typeof(DetectionEvent) },
        { "heartbeat", Topics.Heartbeat(Gateway), EventTypes.Heartbeat, typeof(Heartbeat) },
        { "presence", Topics.Presence(Gateway), EventTypes.Presence, typeof(Presence) },
        { "patterns", Topics.Event(Gateway, EventTypes.Patterns), EventTypes.Patterns, typeof(PatternsEvent) },
    };

    [Theory]
    [MemberData(nameof(Channels))]
    public void Channel_HasTheTopicTypeAndFieldsOfItsContract(string channel, string topic, string type, Type payload)
    {
        var described = Document["channels"][channel];
        Assert.Equal(topic, described["address"].Text.Replace("{gatewayId}", Gateway.ToString(), StringComparison.Ordinal));

        var message = Document.Follow(described["messages"][channel]);
        var properties = message["payload"]["allOf"].Items[1]["properties"];
        Assert.Equal(EventTypes.Prefix + type, properties["type"]["const"].Text);
        AssertSchema(Document.Follow(properties["data"]), payload);
    }

    [Fact]
    public void PatternAnnouncement_HasTheTopicAndFieldsOfItsContract()
    {
        var described = Document["channels"]["patternAnnouncement"];
        Assert.Equal(Topics.PatternChannel("{channel}"), described["address"].Text);
        Assert.Equal([PatternChannels.Canary, PatternChannels.Stable], described["parameters"]["channel"]["enum"].Items.Select(item => item.Text));

        var message = Document.Follow(described["messages"]["patternAnnouncement"]);
        AssertSchema(Document.Follow(message["payload"]), typeof(PackAnnouncement));
    }

    [Fact]
    public void EveryPayloadOfTheContracts_HasAChannel()
    {
        var known = typeof(ContractsJson).GetProperties()
            .Select(property => property.PropertyType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>))
            .Select(type => type.GetGenericArguments()[0])
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(CloudEvent<>))
            .Select(type => type.GetGenericArguments()[0].Name);

        Assert.Equal(known.Order(StringComparer.Ordinal), Channels.Select(row => row.Data.Item4.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Document["channels"].Keys, Channels.Select(row => row.Data.Item1).Append("patternAnnouncement"));
    }

    [Fact]
    public void Envelope_HasTheFieldsOfTheCloudEvent()
    {
        var schema = Document["components"]["schemas"]["cloudEvent"];
        var fields = Fields(typeof(CloudEvent<Presence>));

        Assert.Equal(fields.Select(field => field.Name).Order(StringComparer.Ordinal), schema["properties"].Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            fields.Where(field => field.IsRequired).Select(field => field.Name).Order(StringComparer.Ordinal),
            schema["required"].Items.Select(item => item.Text).Order(StringComparer.Ordinal));
    }

    private static void AssertSchema(Node schema, Type payload)
    {
        var fields = Fields(payload);
        Assert.Equal(fields.Select(field => field.Name).Order(StringComparer.Ordinal), schema["properties"].Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            fields.Where(field => field.IsRequired).Select(field => field.Name).Order(StringComparer.Ordinal),
            schema["required"].Items.Select(item => item.Text).Order(StringComparer.Ordinal));
        foreach (var field in fields)
        {
            var described = schema["properties"][field.Name];
            var type = Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType;
            if (ItemOf(type) is { } item)
            {
                Assert.Equal("array", described["type"].Text);
                AssertSchema(Document.Follow(described["items"]), item);
                continue;
            }

            Assert.Equal(JsonTypeOf(type), described["type"].Text);
            Assert.Equal(type == typeof(DateTimeOffset), described.Has("format") && described["format"].Text == "date-time");
            if (type.IsEnum)
            {
                Assert.Equal(Enum.GetNames(type), described["enum"].Items.Select(item => item.Text));
            }
        }
    }

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static string JsonTypeOf(Type type) =>
        type == typeof(bool) ? "boolean" : type == typeof(int) || type == typeof(long) ? "integer" : "string";

    private static IList<JsonPropertyInfo> Fields(Type type) => ContractsJson.Default.GetTypeInfo(type)!.Properties;

    private static Node Load()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MediaSecurityLite.Gateway.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        var text = File.ReadAllText(Path.Combine(folder.FullName, "src", "Contracts", "asyncapi.yaml"));
        return new Node(new DeserializerBuilder().Build().Deserialize<object>(text));
    }

    /// <summary>A place in the document; a missing key fails the test with its name.</summary>
    private sealed class Node(object value)
    {
        public string Text => Assert.IsType<string>(value);

        public IReadOnlyList<Node> Items => [.. Assert.IsType<List<object>>(value).Select(item => new Node(item))];

        public IEnumerable<string> Keys => Assert.IsType<Dictionary<object, object>>(value).Keys.Cast<string>();

        public Node this[string key]
        {
            get
            {
                Assert.Contains(key, Keys);
                return new Node(((Dictionary<object, object>)value)[key]);
            }
        }

        public bool Has(string key) => Keys.Contains(key);

        public Node Follow(Node reference) => reference["$ref"].Text[2..].Split('/').Aggregate(this, (node, key) => node[key]);
    }
}
