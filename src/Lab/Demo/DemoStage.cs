using MediaSecurityLite.Contracts;
using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Demo;

/// <summary>
/// Everything the demo stands on: the lab (where there is root), the centre on the machine's loopback, the settings of one
/// gateway with its credential, policy and pattern pack.
/// </summary>
internal sealed class DemoStage : IAsyncDisposable
{
    public const string CustomerName = "デモ商店";
    public const string CustomerMail = "owner@shop.example";
    private const int UsualConsolePort = 8080;

    /// <summary>A product default is 60 s; the demo has less patience.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    /// <summary>A product default is 15 minutes.</summary>
    public static readonly TimeSpan OfflineAfter = TimeSpan.FromSeconds(8);

    private static readonly PolicyDocument Policy = new()
    {
        Version = 1,
        Categories = new CategoryPolicy { Block = [Sites.BlockedCategory] },
        Applications = new ApplicationPolicy { Block = [Sites.BlockedApplication] },
    };

    private readonly string _folder;
    private readonly RunFolder? _ownFolder;
    private ChildProcess? _center;
    private ChildProcess? _gateway;
    private CenterRelay? _relay;

    private DemoStage(NetworkLab? lab)
    {
        Lab = lab;
        _ownFolder = lab is null ? RunFolder.Create() : null;
        _folder = lab?.Folder ?? _ownFolder!.Path;
        Center = new CenterSetup(Path.Combine(_folder, "center")) { ConsolePort = FreePort.Find(UsualConsolePort), OfflineAfter = OfflineAfter };
        CaptureFile = lab is null ? Path.Combine(_folder, "demo.pcap") : null;
        Gateway = new GatewaySetup(GatewayId.Parse("demo-gateway"), Path.Combine(_folder, "gateway"))
        {
            Namespace = lab?.Namespaces.Gateway,
            CaptureInterface = lab is null ? null : LabPlan.LanInterface,
            CaptureFile = CaptureFile,
            CloudHost = lab is null ? "localhost" : LabPlan.CenterName,
            CloudPort = Center.BrokerPort,
            HeartbeatInterval = HeartbeatInterval,
        };
    }

    /// <summary>Null where the demo runs from a capture.</summary>
    public NetworkLab? Lab { get; }

    public string? CaptureFile { get; }

    public CenterSetup Center { get; }

    public GatewaySetup Gateway { get; }

    public static async Task<DemoStage> SetUpAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var lab = NetworkLab.Obstacle() is null ? await NetworkLab.StartAsync(time, cancellationToken) : null;
        var stage = new DemoStage(lab);
        try
        {
            await stage.Center.WriteAsync(cancellationToken);
            await stage.Gateway.WriteAsync(Policy, cancellationToken);
            if (lab is not null)
            {
                stage._relay = await CenterRelay.StartAsync(lab.Namespaces.Internet, stage.Center.BrokerPort, stage.Center.BrokerPort);
            }

            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async Task StartCenterAsync(CancellationToken cancellationToken)
    {
        _center = await Center.StartAsync(cancellationToken);
        await Center.AddGatewayAsync(Gateway, CustomerName, CustomerMail, cancellationToken);
    }

    public async Task StartGatewayAsync() => _gateway = await Gateway.StartAsync();

    /// <summary>Pulls the plug: no goodbye to the broker, no time to write anything.</summary>
    public async Task KillGatewayAsync() => await _gateway!.StopAsync(Signals.Kill);

    /// <summary>What the programs wrote last, for a demo that failed.</summary>
    public IEnumerable<string> Afterwords()
    {
        foreach (var program in new[] { _center, _gateway })
        {
            if (program is not null)
            {
                yield return $"{Path.GetFileName(program.Command.Program)}: {program.LastLine()}";
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in new IAsyncDisposable?[] { _gateway, _center, _relay, Lab })
        {
            if (program is not null)
            {
                await program.DisposeAsync();
            }
        }

        _ownFolder?.Dispose();
    }
}
