using System.Text.Json;
using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Product;

/// <summary>The support centre on this machine's loopback, with its files in one folder.</summary>
internal sealed record CenterSetup(string Folder)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    public int BrokerPort { get; } = FreePort.Find();

    public int PacksPort { get; } = FreePort.Find();

    public required int ConsolePort { get; init; }

    public required TimeSpan OfflineAfter { get; init; }

    public Uri Page => new($"http://127.0.0.1:{ConsolePort}/");

    public string Pickup => Path.Combine(Folder, "pickup");

    public string SettingsFile => Path.Combine(Folder, "mslcenter.json");

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var settings = new
        {
            DataDirectory = Path.Combine(Folder, "data"),
            Broker = new { Address = "127.0.0.1", Port = BrokerPort, HostNames = new[] { LabPlan.CenterName, "localhost" } },

            // A fleet of one: no stage waits for anything.
            Packs = new { Address = "127.0.0.1", Port = PacksPort, ObservationTime = "00:00:00", MinimumReports = 0 },
            Console = new { Url = $"http://127.0.0.1:{ConsolePort}" },
            Fleet = new { OfflineAfter = OfflineAfter.ToString("c", null) },
            Mail = new { From = "support@mslite.test", PickupDirectory = Pickup },
        };
        await File.WriteAllBytesAsync(SettingsFile, JsonSerializer.SerializeToUtf8Bytes(settings), cancellationToken);
    }

    /// <summary>Starts the centre and waits until its page answers.</summary>
    public async Task<ChildProcess> StartAsync(CancellationToken cancellationToken)
    {
        var center = await ChildProcess.StartAsync(new Command(ProductPrograms.Center, "run", "--config", SettingsFile));
        try
        {
            await WaitForPageAsync(center, cancellationToken);
            return center;
        }
        catch
        {
            await center.DisposeAsync();
            throw;
        }
    }

    /// <summary>Registers a gateway and writes its credential where the gateway reads it.</summary>
    public Task AddGatewayAsync(GatewaySetup gateway, string name, string mail, CancellationToken cancellationToken) => AdministerAsync(
        ["gateway", "add", gateway.Id.ToString(), "--name", name, "--mail", mail, "--language", "ja", "--out", gateway.Credential], cancellationToken);

    /// <summary>Runs <c>mslcenter admin</c>, as an operator does while the centre runs.</summary>
    public async Task AdministerAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await ChildProcess.RunAsync(
            new Command(ProductPrograms.Center, ["admin", .. arguments, "--config", SettingsFile]), StartLimit, cancellationToken)).OrThrow();

    private async Task WaitForPageAsync(ChildProcess center, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Page, Timeout = TimeSpan.FromSeconds(5) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartLimit);
        while (center.IsRunning && !patience.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.GetAsync(Page, patience.Token);
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Glance, patience.Token);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new LabException($"mslcenter does not serve its page: {center.LastLine()}");
    }
}
