using System.Net;
using System.Text.Json;
using MediaSecurityLite.Gateway.Tests.Cloud;
using MediaSecurityLite.Gateway.Tests.Pipeline;

namespace MediaSecurityLite.Gateway.Tests;

/// <summary>The whole agent as a process, between a capture and a broker.</summary>
public sealed class AgentTests : IAsyncLifetime
{
    private const int Terminals = 200;

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly TestBroker _broker;
    private readonly System.Security.Cryptography.X509Certificates.X509Certificate2 _server;

    public AgentTests()
    {
        _server = _authority.IssueServer("localhost");
        _broker = new TestBroker(_authority, _server);
        using var client = _authority.IssueClient("box-1");
        _authority.WriteGatewayFiles(_folder.Path, client);
        File.WriteAllText(_folder.File("policy.json"), """{"version":7,"urlLists":{"block":["blocked.example"]}}""");
    }

    private string Config => _folder.File("mslgw.json");

    private string Socket => _folder.File("run/control.sock");

    public async ValueTask InitializeAsync()
    {
        await _broker.StartAsync();
        await File.WriteAllTextAsync(Config, $$"""
            {
              "GatewayId": "box-1",
              "DataDirectory": "{{_folder.File("data")}}",
              "RuntimeDirectory": "{{_folder.File("run")}}",
              "Capture": { "File": "{{_folder.File("traffic.pcap")}}" },
              "Patterns": { "Root": "{{_folder.File("root.json")}}" },
              "Policy": { "File": "{{_folder.File("policy.json")}}" },
              "Cloud": {
                "Host": "localhost", "Port": {{_broker.Port}}, "HeartbeatInterval": "00:00:01",
                "CaFile": "{{_folder.File("ca.pem")}}",
                "CertificateFile": "{{_folder.File("gateway.pem")}}",
                "KeyFile": "{{_folder.File("gateway.key")}}"
              }
            }
            """);
        TestCapture.WriteRequests(
            _folder.File("traffic.pcap"),
            [.. Enumerable.Range(0, Terminals).Select(i => new IPAddress([10, 0, (byte)(i / 250), (byte)(1 + (i % 250))]))],
            "www.blocked.example",
            "/game?x=1");
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _server.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Kill_WhileEventsAreQueuedAndTheBrokerIsDown_EveryEventArrivesOnce()
    {
        await _broker.StopAsync();
        await using (var killed = AgentProcess.Start("run", "--config", Config))
        {
            await killed.StatusAsync(Socket, status => status.OutboxQueued == Terminals && OnDisk() == Terminals);
            await killed.KillAsync();
        }

        // Without packets this time: what arrives is what the first run left.
        TestCapture.WriteRequests(_folder.File("traffic.pcap"), [], "unused.example", "/");
        await _broker.StartAsync();
        await using var restarted = AgentProcess.Start("run", "--config", Config);
        var status = await restarted.StatusAsync(Socket, status => status.OutboxDelivered == Terminals);
        Assert.Equal(0, await restarted.StopAsync());

        var events = _broker.All.Where(message => message.Topic == "msl/v1/gw/box-1/event/detection").ToList();
        Assert.Equal(Terminals, events.Count);
        Assert.Equal(Terminals, events.Select(message => message.Json.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.Equal(Terminals, events.Select(message => message.Data.GetProperty("terminal").GetString()).Distinct().Count());
        Assert.Equal((Terminals, 0L, 0L), (status.OutboxRecovered, status.OutboxQueued, status.OutboxDropped));
    }

    [Fact]
    public async Task Run_BlockedName_ArrivesAsAnEventThatSaysWhy()
    {
        await using var agent = AgentProcess.Start("run", "--config", Config);
        var message = await _broker.NextAsync("event/detection");

        Assert.Equal("url", message.Data.GetProperty("kind").GetString(), ignoreCase: true);
        Assert.Equal("detected", message.Data.GetProperty("action").GetString(), ignoreCase: true);
        Assert.Equal("10.0.0.1", message.Data.GetProperty("terminal").GetString());
        Assert.Equal("00:00:00:00:00:02", message.Data.GetProperty("terminalMac").GetString());
        Assert.Equal("www.blocked.example", message.Data.GetProperty("host").GetString());
        Assert.Equal("/game?x=1", message.Data.GetProperty("url").GetString());
        Assert.Equal("blocked.example", message.Data.GetProperty("rule").GetString());
        Assert.Equal("policy", message.Data.GetProperty("ruleSource").GetString());
        Assert.Equal("TCP", message.Data.GetProperty("protocol").GetString());
        Assert.Equal(TestCapture.ServerPort, message.Data.GetProperty("remotePort").GetInt32());
    }

    [Fact]
    public async Task Status_RunningAgent_TellsTheTruth()
    {
        await using var agent = AgentProcess.Start("run", "--config", Config);
        var status = await agent.StatusAsync(Socket, status => status.OutboxDelivered == Terminals);

        Assert.Equal("box-1", status.GatewayId);
        Assert.Equal("monitor", status.Mode);
        Assert.Equal(3 * Terminals, status.Packets);
        Assert.Equal(Terminals, status.Detections);
        Assert.Equal(7, status.PolicyVersion);
        Assert.Null(status.PolicyFault);
        Assert.True(status.CloudConnected);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(Socket) & (UnixFileMode)0x1FF);

        await using var asked = AgentProcess.Start("status", "--json", "--config", Config);
        Assert.Equal(0, await asked.ExitAsync());
        Assert.Equal("box-1", JsonDocument.Parse(asked.Output).RootElement.GetProperty("gatewayId").GetString());
    }

    [Fact]
    public async Task Run_SecondAgent_LeavesTheFirstAloneAndSaysSo()
    {
        await using var first = AgentProcess.Start("run", "--config", Config);
        await first.StatusAsync(Socket, _ => true);
        await using var second = AgentProcess.Start("run", "--config", Config);

        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains("another mslgw is running", second.Output, StringComparison.Ordinal);
        await first.StatusAsync(Socket, _ => true);
    }

    [Fact]
    public async Task Reload_BadPolicy_KeepsTheGoodOneAlsoAfterRestart()
    {
        await using (var agent = AgentProcess.Start("run", "--config", Config))
        {
            await agent.StatusAsync(Socket, status => status.PolicyVersion == 7);
        }

        await File.WriteAllTextAsync(_folder.File("policy.json"), """{"version":8,"urlLists":{"blok":[]}}""", TestContext.Current.CancellationToken);
        await using var restarted = AgentProcess.Start("run", "--config", Config);
        var status = await restarted.StatusAsync(Socket, status => status.PolicyFault is not null);

        Assert.Equal(7, status.PolicyVersion);
        Assert.Contains("blok", status.PolicyFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PacketPathFails_ExitsWith1AfterSavingItsEvents()
    {
        var capture = _folder.File("traffic.pcap");
        var whole = await File.ReadAllBytesAsync(capture, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(capture, whole[..^10], TestContext.Current.CancellationToken);
        await _broker.StopAsync();
        await using var agent = AgentProcess.Start("run", "--config", Config);

        Assert.Equal(1, await agent.ExitAsync());
        Assert.Contains("cut off in the middle of a record", agent.Output, StringComparison.Ordinal);
        Assert.Equal(Terminals - 1, OnDisk());
    }

    [Fact]
    public async Task Stop_EventsWaiting_SavesThemAndExitsWith0()
    {
        await _broker.StopAsync();
        await using var agent = AgentProcess.Start("run", "--config", Config);
        await agent.StatusAsync(Socket, status => status.OutboxMade == Terminals);

        Assert.Equal(0, await agent.StopAsync());
        Assert.Equal(Terminals, OnDisk());
        Assert.False(File.Exists(Socket));
    }

    private long OnDisk()
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File("data/outbox.db")};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM event";
        return (long)command.ExecuteScalar()!;
    }
}
