using MediaSecurityLite.Gateway.Cloud;
using MediaSecurityLite.Gateway.Inline;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Gateway.Updates;
using Microsoft.Extensions.Options;

namespace MediaSecurityLite.Gateway.Tests.Settings;

public sealed class GatewaySettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_GoodFile_HasItsValuesAndTheDefaults()
    {
        var settings = GatewaySettings.Load(Write(Good("")));

        Assert.Equal("box-1", settings.Gateway.Id.ToString());
        Assert.Equal("/var/lib/mslgw", settings.Gateway.DataDirectory);
        Assert.Equal("eth1", settings.Capture.Interface);
        Assert.Equal(8883, settings.Cloud.Port);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Cloud.HeartbeatInterval);
        Assert.Equal("/var/lib/mslgw/packs", settings.Patterns.ShelfIn(settings.Gateway.DataDirectory).Folder);
        Assert.Equal(TimeSpan.FromMinutes(5), settings.Detection.RepeatWindow);
    }

    [Theory]
    [InlineData("\"GatewayId\": \"Box_1\"", "GatewayId 'Box_1' is no gateway id")]
    [InlineData("\"DataDirectory\": \"var\"", "DataDirectory 'var' is no absolute path")]
    [InlineData("\"Capture:File\": \"/x.pcap\"", "Capture:Interface or Capture:File must be set, and not both")]
    [InlineData("\"Mode\": \"fast\"", "fast")]
    [InlineData("\"Mode\": \"router\"", "Capture:Interface and Capture:File are for Mode 'monitor'")]
    [InlineData("\"Inline:Queue\": 70000", "Inline:Queue is 70000; it must lie between 0 and 65535")]
    [InlineData("\"Inline:SinkholeIPv4\": \"::1\"", "Inline:SinkholeIPv4 '::1' is no IPv4 address")]
    [InlineData("\"Inline:WhileDown\": \"maybe\"", "Inline:WhileDown")]
    [InlineData("\"Outbox:MaxBytes\": 1", "Outbox:MaxBytes is 1; it must lie between 65536 and 17179869184")]
    [InlineData("\"Detection:RepeatWindow\": \"00:00:00\"", "Detection:RepeatWindow is 00:00:00")]
    [InlineData("\"Cloud:Host\": \"\"", "Cloud:Host is missing")]
    [InlineData("\"Cloud:Port\": 0", "Cloud:Port is 0; it must lie between 1 and 65535")]
    [InlineData("\"Cloud:Port\": \"many\"", "Cloud:Port")]
    [InlineData("\"Cloud:HeartbeatInterval\": \"soon\"", "Cloud:HeartbeatInterval")]
    [InlineData("\"Cloud:CaFile\": \"/no/such\"", "Cloud:CaFile names '/no/such'")]
    [InlineData("\"Cloud:Hots\": \"x\"", "Cloud:Hots is no setting of mslgw")]
    public void Load_BadValue_IsOneLineThatNamesTheKey(string member, string expected)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => GatewaySettings.Load(Write(Good(member))));

        Assert.Contains(expected, Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SeveralBadValues_ReportsAll()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => GatewaySettings.Load(Write("{}")));

        Assert.Equal(
            ["GatewayId", "Capture:Interface", "Cloud:Host", "Cloud:CaFile", "Cloud:CertificateFile", "Cloud:KeyFile"],
            refusal.Failures.Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("{ \"GatewayId\" }")]
    [InlineData("")]
    [InlineData("[1]")]
    public void Load_MalformedFile_IsOneLineThatNamesTheFile(string json)
    {
        var file = Write(json);
        var refusal = Assert.Throws<OptionsValidationException>(() => GatewaySettings.Load(file));

        Assert.StartsWith(file, Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_IsOneLineThatNamesTheFile()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => GatewaySettings.Load("/no/such/file.json"));

        Assert.StartsWith("/no/such/file.json cannot be read", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BadSettings_ExitsWith78AndOneLineEach()
    {
        await using var agent = AgentProcess.Start("run", "--config", Write(Good("\"Cloud:Port\": 99999, \"GatewayId\": \"-\"")));

        Assert.Equal(78, await agent.ExitAsync());
        Assert.Equal(2, agent.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("mslgw: Cloud:Port is 99999", agent.Output, StringComparison.Ordinal);
        Assert.Contains("mslgw: GatewayId '-'", agent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownCommand_ExitsWith2()
    {
        await using var agent = AgentProcess.Start("rnu");

        Assert.Equal(2, await agent.ExitAsync());
        Assert.Contains("rnu", agent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_KnownToTheFile_AreThoseOfTheOptions()
    {
        (string Section, Type Options)[] sections =
        [
            ("", typeof(GatewayOptions)), ("Capture:", typeof(CaptureOptions)), ("Inline:", typeof(InlineSettings)), ("Patterns:", typeof(PatternsOptions)), ("Updates:", typeof(UpdatesOptions)),
            ("Policy:", typeof(PolicyOptions)), ("Outbox:", typeof(OutboxOptions)), ("Detection:", typeof(DetectionOptions)),
            ("Cloud:", typeof(CloudOptions)),
        ];
        var keys = sections.SelectMany(section => section.Options.GetProperties()
            .Where(property => property.CanWrite)
            .Select(property => section.Section + property.Name));

        Assert.Equal(keys.Order(StringComparer.Ordinal), SettingsFile.Keys.Order(StringComparer.Ordinal));
    }

    private string Write(string json)
    {
        var file = _folder.File("mslgw.json");
        File.WriteAllText(file, json);
        return file;
    }

    /// <summary>Settings without a fault, in the flat form of keys, with a member put in the place of the good one.</summary>
    private string Good(string replacement)
    {
        var existing = _folder.File("pem");
        File.WriteAllText(existing, "");
        Dictionary<string, string> members = new()
        {
            ["GatewayId"] = "\"box-1\"",
            ["Capture:Interface"] = "\"eth1\"",
            ["Cloud:Host"] = "\"centre.example\"",
            ["Cloud:CaFile"] = $"\"{existing}\"",
            ["Cloud:CertificateFile"] = $"\"{existing}\"",
            ["Cloud:KeyFile"] = $"\"{existing}\"",
        };
        foreach (var member in replacement.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = member.Split("\": ");
            members[parts[0].Trim('"')] = parts[1];
        }

        return "{" + string.Join(",", members.Select(member => $"\"{member.Key}\": {member.Value}")) + "}";
    }
}
