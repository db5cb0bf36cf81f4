using System.Text.Json;
using MediaSecurityLite.Lab.Captures;
using MediaSecurityLite.Lab.Processes;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.EndToEnd.Tests.Replay;

public sealed class ReplayTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("msl-replay-").FullName;

    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(scenario => scenario.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Replay_CommittedCapture_ShowsEveryVisitOfItsScenario(string name) =>
        await AssertShowsEveryVisitAsync(Scenario.Find(name), Path.Combine(ProductPrograms.Repository(), "tests", "Captures", $"{name}.pcap"));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Replay_MadeCapture_ShowsEveryVisitOfItsScenario(string name)
    {
        var file = Path.Combine(_folder, $"{name}.pcap");
        await SyntheticCapture.WriteAsync(
            file, Start, [(TimeSpan.Zero, Scenario.Find(name))], TimeProvider.System, TestContext.Current.CancellationToken);

        await AssertShowsEveryVisitAsync(Scenario.Find(name), file);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("truncated")]
    public async Task Replay_NoWholeCapture_OneLineAndExit1(string kind)
    {
        var whole = await File.ReadAllBytesAsync(
            Path.Combine(ProductPrograms.Repository(), "tests", "Captures", "browse.pcap"), TestContext.Current.CancellationToken);
        byte[] content = kind switch
        {
            "empty" => [],
            "text" => "GET / HTTP/1.1\r\n\r\n"u8.ToArray(),
            _ => whole[..^7],
        };
        var file = Path.Combine(_folder, "broken.pcap");
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);

        var result = await ReplayAsync(file, "--eve", "none");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("broken.pcap", Assert.Single(result.Output.Split('\n')), StringComparison.Ordinal);
    }

    private static async Task AssertShowsEveryVisitAsync(Scenario scenario, string file)
    {
        var result = (await ReplayAsync(file)).OrThrow();
        var seen = result.Output.Split('\n').Select(NameOf).Where(name => name is not null).ToHashSet();

        Assert.All(scenario.Visits, visit => Assert.Contains(Expected(visit), seen));
    }

    private static string Expected(Visit visit) => visit.Kind switch
    {
        VisitKind.Resolve => $"dns {visit.Site.Host}",
        VisitKind.Http => $"http {visit.Site.Host}{visit.Path}",
        _ => $"tls {visit.Site.Host}",
    };

    private static string? NameOf(string line)
    {
        using var record = JsonDocument.Parse(line);
        var root = record.RootElement;
        return root.GetProperty("event_type").GetString() switch
        {
            "dns" => $"dns {root.GetProperty("dns").GetProperty("rrname").GetString()}",
            "http" => $"http {root.GetProperty("http").GetProperty("hostname").GetString()}{root.GetProperty("http").GetProperty("url").GetString()}",
            "tls" => $"tls {root.GetProperty("tls").GetProperty("sni").GetString()}",
            _ => null,
        };
    }

    private static Task<CommandResult> ReplayAsync(string file, params string[] options) => ChildProcess.RunAsync(
        new Command(ProductPrograms.Gateway, ["replay", file, .. options]), Limit, TestContext.Current.CancellationToken);
}
