using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace MediaSecurityLite.Gateway.Settings;

/// <summary>The JSON file and the environment (<c>MSLGW_Cloud__Port=8883</c>) as one configuration.</summary>
internal static class SettingsFile
{
    public const string EnvironmentPrefix = "MSLGW_";

    /// <summary>Far beyond any real settings; keeps a wrong path (a capture, a device) from being read whole.</summary>
    private const int MaxBytes = 1 << 20;

    /// <summary>Every key there is; a key outside is a typing error, and one that silently does nothing costs a site visit.</summary>
    private static readonly FrozenSet<string> KnownKeys = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "GatewayId", "Mode", "DataDirectory", "RuntimeDirectory",
        "Capture:Interface", "Capture:File",
        "Inline:Queue", "Inline:WhileDown", "Inline:Contact", "Inline:SinkholeIPv4", "Inline:SinkholeIPv6",
        "Patterns:Packs", "Patterns:Root",
        "Updates:Channel", "Updates:MaxNewlyBlockedNames", "Updates:MaxNewlyBlockedTerminals", "Updates:Probation",
        "Updates:RollbackFactor", "Updates:RollbackFloor", "Updates:MaxPackBytes", "Updates:RetryInterval",
        "Policy:File",
        "Outbox:MaxBytes",
        "Detection:RepeatWindow",
        "Cloud:Host", "Cloud:Port", "Cloud:CaFile", "Cloud:CertificateFile", "Cloud:KeyFile", "Cloud:HeartbeatInterval");

    public static IReadOnlyCollection<string> Keys => KnownKeys;

    public static IConfigurationRoot Read(string file, SettingsErrors errors)
    {
        var builder = new ConfigurationBuilder();
        try
        {
            using var stream = File.OpenRead(file);
            if (stream.Length > MaxBytes)
            {
                errors.Add(file, $"is larger than {MaxBytes} bytes");
            }
            else
            {
                builder.AddJsonStream(Copy(stream));
            }

            return Check(builder.AddEnvironmentVariables(EnvironmentPrefix).Build(), errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(file, $"cannot be read: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            errors.Add(file, $"is not valid: {e.Message}");
        }

        return new ConfigurationBuilder().Build();
    }

    private static MemoryStream Copy(Stream stream)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    private static IConfigurationRoot Check(IConfigurationRoot configuration, SettingsErrors errors)
    {
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is not null && !KnownKeys.Contains(key) && !key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase))
            {
                errors.Add(key, "is no setting of mslgw");
            }
        }

        return configuration;
    }
}
