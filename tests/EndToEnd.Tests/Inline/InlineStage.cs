using MediaSecurityLite.Contracts;
using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Servers;

namespace MediaSecurityLite.EndToEnd.Tests.Inline;

/// <summary>A lab with the gateway in the line, blocking; no centre, so that the box stands alone. One for all tests of a mode.</summary>
public abstract class InlineStage(string mode) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly PolicyDocument Policy = new()
    {
        Version = 1,
        UrlLists = new UrlListPolicy
        {
            Block = ["forbidden.example", "shared.example/secret/*"],
            Allow = ["open.casino.msl-patterns.test"],
        },
        Categories = new CategoryPolicy { Block = ["gambling"] },
        Applications = new ApplicationPolicy { Block = ["youtube"] },
    };

    private GatewaySetup _setup = null!;
    private ChildProcess? _gateway;

    internal NetworkLab? Lab { get; private set; }

    internal ChildProcess Gateway => _gateway!;

    public async ValueTask InitializeAsync()
    {
        if (NetworkLab.Obstacle() is not null)
        {
            return; // each test says so
        }

        var cancel = TestContext.Current.CancellationToken;
        Lab = await NetworkLab.StartAsync(TimeProvider.System, cancel, mode == "bridge" ? Topology.Bridge : Topology.Router);
        _setup = new GatewaySetup(GatewayId.Parse("inline-gateway"), Path.Combine(Lab.Folder, "gateway"))
        {
            Namespace = Lab.Namespaces.Gateway,
            Mode = mode,
            CloudHost = LabPlan.CenterName,
            CloudPort = 8883,
            HeartbeatInterval = TimeSpan.FromSeconds(60),
        };
        await _setup.WriteAsync(Policy, cancel);
        await PatternSetup.InstallAsync(_setup, cancel);
        Directory.CreateDirectory(_setup.Credential);
        File.Copy(Path.Combine(Lab.Folder, LabCertificates.AuthorityFile), Path.Combine(_setup.Credential, "ca.pem"));
        File.Copy(Path.Combine(Lab.Folder, LabCertificates.ServerFile), Path.Combine(_setup.Credential, "gateway.pem"));
        File.Copy(Path.Combine(Lab.Folder, LabCertificates.ServerKeyFile), Path.Combine(_setup.Credential, "gateway.key"));
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _gateway, Lab })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the agent and waits until it blocks.</summary>
    internal async Task StartAsync()
    {
        _gateway = await _setup.StartAsync();
        await _gateway.WaitForLineAsync(line => line.Contains("Inline as", StringComparison.Ordinal), Limit, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a program on the gateway.</summary>
    internal Task<CommandResult> OnGatewayAsync(string program, params string[] arguments) => ChildProcess.RunAsync(
        new Command(program, arguments) { Namespace = Lab!.Namespaces.Gateway }, Limit, TestContext.Current.CancellationToken);

    /// <summary>Runs a program on the terminal.</summary>
    internal Task<CommandResult> OnTerminalAsync(string program, params string[] arguments) => ChildProcess.RunAsync(
        new Command(program, arguments) { Namespace = Lab!.Namespaces.Client }, Limit, TestContext.Current.CancellationToken);
}

public sealed class RouterStage() : InlineStage("router");

public sealed class BridgeStage() : InlineStage("bridge");
