using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MediaSecurityLite.Contracts;

/// <summary>
/// Names one gateway: 1 to 64 of <c>a-z 0-9 -</c>, neither first nor last a dash. It is the common name of the
/// gateway's certificate and a level of its MQTT topics, so it can hold no <c>/ + #</c>.
/// </summary>
[JsonConverter(typeof(GatewayIdJsonConverter))]
public readonly record struct GatewayId
{
    /// <summary>The longest id in characters; an X.509 common name holds no more (RFC 5280, ub-common-name).</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    private GatewayId(string value) => _value = value;

    /// <summary>Reads an id.</summary>
    /// <returns>False if <paramref name="text"/> is no valid id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out GatewayId id)
    {
        id = default;
        if (text is null || text.Length is 0 or > MaxLength || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        id = new GatewayId(text);
        return true;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is no valid id.</exception>
    public static GatewayId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no gateway id: 1-{MaxLength} of a-z 0-9 -");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";
}

internal sealed class GatewayIdJsonConverter : JsonConverter<GatewayId>
{
    public override GatewayId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        GatewayId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("not a gateway id");

    public override void Write(Utf8JsonWriter writer, GatewayId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
