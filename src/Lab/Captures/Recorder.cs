using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Captures;

/// <summary>Writes what passes the gateway's LAN interface to a capture file (tcpdump) until it is disposed.</summary>
internal sealed class Recorder : IAsyncDisposable
{
    private readonly ChildProcess _tcpdump;

    private Recorder(ChildProcess tcpdump) => _tcpdump = tcpdump;

    public static async Task<Recorder> StartAsync(NetworkLab lab, string file, CancellationToken cancellationToken)
    {
        // --immediate-mode: each packet is written as it comes, so the file is whole as soon as the last packet was seen.
        var command = new Command("tcpdump", "-i", LabPlan.LanInterface, "--immediate-mode", "-U", "-n", "-Z", "root", "-w", file)
        {
            Namespace = lab.Namespaces.Gateway,
        };
        var tcpdump = await ChildProcess.StartAsync(command);
        await tcpdump.WaitForLineAsync(line => line.Contains("listening on", StringComparison.Ordinal), TimeSpan.FromSeconds(10), cancellationToken);
        return new Recorder(tcpdump);
    }

    public async ValueTask DisposeAsync()
    {
        await _tcpdump.StopAsync(Signals.Interrupt);
        await _tcpdump.DisposeAsync();
    }
}
