using MediaSecurityLite.Gateway.Cloud;
using MediaSecurityLite.Gateway.Inline;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Gateway.Updates;

namespace MediaSecurityLite.Gateway.Tests;

internal static class TestSettings
{
    public static GatewaySettings Of(string dataDirectory, CloudOptions? cloud = null, CaptureOptions? capture = null) => new(
        new GatewayOptions { GatewayId = "test-gateway", DataDirectory = dataDirectory, RuntimeDirectory = dataDirectory },
        capture ?? new CaptureOptions(),
        new InlineSettings(),
        new PatternsOptions(),
        new UpdatesOptions(),
        new PolicyOptions { File = Path.Combine(dataDirectory, "policy.json") },
        new OutboxOptions(),
        new DetectionOptions(),
        cloud ?? new CloudOptions());
}
