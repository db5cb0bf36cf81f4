using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.EndToEnd.Tests.Inline;

/// <summary>What is blocked and what passes, asked with the programs that people use, over IPv4 and IPv6.</summary>
public abstract class BlockingTests(InlineStage stage)
{
    private const string V4 = "203.0.113.10";
    private const string V6 = "2001:db8:113::10";
    private const int ConnectionReset = 35; // curl: the handshake ended by a reset
    private const int CannotConnect = 7;

    [Theory]
    [InlineData("forbidden.example", "/", V4)]
    [InlineData("forbidden.example", "/", V6)]
    [InlineData("www.forbidden.example", "/x?y=z", V4)]
    [InlineData("shared.example", "/secret/plan", V4)]
    [InlineData("shared.example", "/secret/plan", V6)]
    [InlineData("shared.example", "/a/../secret/%70lan", V4)]
    [InlineData("casino.msl-patterns.test", "/lobby", V4)]
    [InlineData("www.youtube.com", "/watch", V4)]
    [InlineData("c2.msl-patterns.test", "/gate", V6)]
    public async Task Http_OfABlockedUrl_ShowsThePageAtOnce(string host, string path, string address)
    {
        Requires.NetworkLab();
        var result = await CurlAsync("http", host, path, address, "--path-as-is");

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("403", result.Output, StringComparison.Ordinal);
        Assert.Contains("このページは遮断されました", result.Output, StringComparison.Ordinal);
        Assert.Contains(host, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forbidden.example", V4)]
    [InlineData("forbidden.example", V6)]
    [InlineData("casino.msl-patterns.test", V4)]
    [InlineData("www.youtube.com", V4)]
    [InlineData("www.youtube.com", V6)]
    [InlineData("c2.msl-patterns.test", V4)]
    public async Task Https_OfABlockedName_IsReset(string host, string address)
    {
        Requires.NetworkLab();
        Assert.Equal(ConnectionReset, (await CurlAsync("https", host, "/", address)).ExitCode);
    }

    [Theory]
    [InlineData("http", "www.office.example", "/", V4)]
    [InlineData("http", "www.office.example", "/", V6)]
    [InlineData("https", "www.office.example", "/", V4)]
    [InlineData("https", "www.office.example", "/", V6)]
    [InlineData("http", "shared.example", "/public", V4)]
    [InlineData("https", "shared.example", "/secret/plan", V4)] // the path is encrypted: not to be known
    [InlineData("http", "notforbidden.example", "/", V4)]
    [InlineData("http", "open.casino.msl-patterns.test", "/", V4)] // the allow list comes first
    [InlineData("https", "open.casino.msl-patterns.test", "/", V6)]
    public async Task Rest_Passes(string scheme, string host, string path, string address)
    {
        Requires.NetworkLab();
        var result = await CurlAsync(scheme, host, path, address);

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.EndsWith("200", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.66")]
    [InlineData("2001:db8:c2::1")]
    public async Task Address_OfACommandAndControlServer_IsRefusedAtTheFirstPacket(string address)
    {
        Requires.NetworkLab();
        var result = await CurlAsync("http", "unknown.example", "/", address, "--verbose");

        Assert.Equal(CannotConnect, result.ExitCode);
        Assert.Contains("refused", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("c2.msl-patterns.test", "NXDOMAIN")]
    [InlineData("a.B.C2.msl-patterns.test", "NXDOMAIN")]
    [InlineData("www.office.example", "NOERROR")]
    [InlineData("casino.msl-patterns.test", "NOERROR")] // browsers look up what nobody has clicked
    public async Task Dns_OnlyCommandAndControlNamesDoNotExist(string name, string status)
    {
        Requires.NetworkLab();
        var result = await stage.OnTerminalAsync("dig", $"@{LabPlan.DnsServer}", name, "A", "+tries=1", "+time=3");

        Assert.Contains($"status: {status}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dns_TwoQuestionsFromOnePort_AreBothAnswered()
    {
        Requires.NetworkLab();
        string[] socket = ["-b", $"{LabPlan.Client4}#45053", $"@{LabPlan.DnsServer}", "+tries=1", "+time=3"];

        var bad = await stage.OnTerminalAsync("dig", [.. socket, "c2.msl-patterns.test", "A"]);
        var again = await stage.OnTerminalAsync("dig", [.. socket, "c2.msl-patterns.test", "AAAA"]);
        var good = await stage.OnTerminalAsync("dig", [.. socket, "www.office.example", "A"]);

        Assert.Contains("NXDOMAIN", bad.Output, StringComparison.Ordinal);
        Assert.Contains("NXDOMAIN", again.Output, StringComparison.Ordinal);
        Assert.Contains("203.0.113.10", good.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_OfABlockedName_IsResetForOpenSslToo()
    {
        Requires.NetworkLab();
        var result = await stage.OnTerminalAsync("openssl", "s_client", "-connect", $"{V4}:443", "-servername", "forbidden.example", "-brief");

        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("Protocol version", result.Output, StringComparison.Ordinal);
    }

    private Task<CommandResult> CurlAsync(string scheme, string host, string path, string address, params string[] more) =>
        stage.OnTerminalAsync("curl",
        [
            "--silent", "--show-error", "--insecure", "--max-time", "5", "--noproxy", "*", "--write-out", "%{http_code}", .. more,
            "--connect-to", $"{host}::{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:", $"{scheme}://{host}{path}",
        ]);
}

public sealed class RouterBlockingTests(RouterStage stage) : BlockingTests(stage), IClassFixture<RouterStage>;

public sealed class BridgeBlockingTests(BridgeStage stage) : BlockingTests(stage), IClassFixture<BridgeStage>;
