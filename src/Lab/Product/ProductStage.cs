using MediaSecurityLite.Contracts;
using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Product;

/// <summary>
/// The whole product on one machine: the centre on loopback, and one gateway with its credential, policy and pattern pack,
/// which listens inside a lab or plays a capture.
/// </summary>
internal sealed class ProductStage : IAsyncDisposable
{
    public const string CustomerName = "デモ商店";
    public const string CustomerMail = "owner@shop.example";

    private readonly RunFolder? _ownFolder;
    private ChildProcess? _center;
    private ChildProcess? _gateway;
    private CenterRelay? _relay;
    private CenterRelay? _packsRelay;

    private ProductStage(NetworkLab? lab, StageOptions options, TimeProvider time)
    {
        Lab = lab;
        _ownFolder = lab is null ? RunFolder.Create() : null;
        var folder = lab?.Folder ?? _ownFolder!.Path;
        Center = new CenterSetup(Path.Combine(folder, "center"))
        {
            ConsolePort = FreePort.Find(options.ConsolePort),
            OfflineAfter = options.OfflineAfter,
        };
        Gateway = new GatewaySetup(GatewayId.Parse("demo-gateway"), Path.Combine(folder, "gateway"))
        {
            Namespace = lab?.Namespaces.Gateway,
            Mode = lab is null ? "monitor" : options.Mode,
            CaptureInterface = lab is not null && options.Mode == "monitor" ? LabPlan.LanInterface : null,
            CaptureFile = lab is null ? Path.Combine(folder, "traffic.pcap") : null,
            CloudHost = lab is null ? "localhost" : LabPlan.CenterName,
            CloudPort = Center.BrokerPort,
            HeartbeatInterval = options.HeartbeatInterval,
        };
        Mailbox = new Mailbox(Center.Pickup, time);
        Page = new CenterPage(Center.Page, time);
    }

    /// <summary>Null where the gateway plays a capture.</summary>
    public NetworkLab? Lab { get; }

    /// <summary>The gateway stands in the line and blocks.</summary>
    public bool IsInline => Gateway.Mode != "monitor";

    public CenterSetup Center { get; }

    public GatewaySetup Gateway { get; }

    /// <summary>The customer's.</summary>
    public Mailbox Mailbox { get; }

    public CenterPage Page { get; }

    /// <summary>Writes all settings, builds the pattern pack and registers the gateway; starts nothing. The stage ends the lab.</summary>
    /// <param name="lab">Where the gateway listens; null: it plays <see cref="GatewaySetup.CaptureFile"/>.</param>
    /// <param name="options">What differs between uses.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<ProductStage> SetUpAsync(NetworkLab? lab, StageOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var stage = new ProductStage(lab, options, time);
        try
        {
            await stage.Center.WriteAsync(cancellationToken);
            await stage.Gateway.WriteAsync(options.Policy, cancellationToken);
            await PatternSetup.InstallAsync(stage.Gateway, cancellationToken);
            await stage.Center.AddGatewayAsync(stage.Gateway, CustomerName, CustomerMail, cancellationToken);
            if (lab is not null)
            {
                stage._relay = await CenterRelay.StartAsync(lab.Namespaces.Internet, stage.Center.BrokerPort, stage.Center.BrokerPort);
                stage._packsRelay = await CenterRelay.StartAsync(lab.Namespaces.Internet, stage.Center.PacksPort, stage.Center.PacksPort);
            }

            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async Task StartCenterAsync(CancellationToken cancellationToken) => _center = await Center.StartAsync(cancellationToken);

    public async Task StartGatewayAsync() => _gateway = await Gateway.StartAsync();

    /// <summary>Pulls the plug: no goodbye to the broker, no time to write anything.</summary>
    public Task KillGatewayAsync() => _gateway!.StopAsync(Signals.Kill);

    /// <summary>The same for the centre.</summary>
    public Task KillCenterAsync() => _center!.StopAsync(Signals.Kill);

    /// <summary>
    /// The gateway's row of the page, as soon as the centre has heard of it after <paramref name="since"/> and shows the mode,
    /// which only heartbeats tell.
    /// </summary>
    public Task<(PageRow Row, DateTimeOffset At)> WaitForHeartbeatAsync(DateTimeOffset since, TimeSpan limit, CancellationToken cancellationToken) =>
        Page.WaitForRowAsync(
            row => row.Text.StartsWith(CustomerName, StringComparison.Ordinal)
                && row.Text.Contains(IsInline ? "遮断あり" : "監視", StringComparison.Ordinal) && row.Times.Any(seen => seen >= since),
            "a sign of life of the gateway",
            limit,
            cancellationToken);

    /// <summary>What the programs wrote last, for a person who wonders why something was not seen.</summary>
    public IEnumerable<string> LastWords() =>
        from program in new[] { _center, _gateway }
        where program is not null
        from line in program.Output.Split('\n').TakeLast(12)
        select $"{Path.GetFileName(program.Command.Program)}: {line}";

    public async ValueTask DisposeAsync()
    {
        Page.Dispose();
        foreach (var part in new IAsyncDisposable?[] { _gateway, _center, _relay, _packsRelay, Lab })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        _ownFolder?.Dispose();
    }
}
