using System.Runtime.InteropServices;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Gateway.Updates;
using MediaSecurityLite.Inspection.Detectors;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>Loads patterns and policy before the first packet, and again at SIGHUP (<c>systemctl reload mslgw</c>).</summary>
internal sealed class SnapshotService(
    PolicyLoader policyLoader, PolicyState policy, PatternLoader patternLoader, PatternState patterns, SnapshotState snapshots,
    GatewaySettings settings, ContactRecord contacts)
    : IHostedService, IDisposable
{
    private readonly Lock _loading = new(); // SIGHUP, the updater and the control socket may come at once
    private PosixSignalRegistration? _reload;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_loading)
        {
            policyLoader.Load();
            patternLoader.Load();
            Publish();
        }

        _reload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Brings the packs that lie in the folder now into force, for all lookups from the next packet on.</summary>
    public void ReloadPatterns()
    {
        lock (_loading)
        {
            patternLoader.Load();
            Publish();
        }
    }

    public void Dispose() => _reload?.Dispose();

    private void Reload(PosixSignalContext signal)
    {
        signal.Cancel = true; // not the default of the signal, which ends the process
        lock (_loading)
        {
            policyLoader.Reload();
            patternLoader.Load();
            Publish();
        }
    }

    /// <summary>Where the agent only listens nothing can be blocked: the policy says so to the detectors.</summary>
    private void Publish() => snapshots.Replace(new DetectionSnapshot(patterns.Set, policy.Current.Compile(settings.Gateway.Mode != GatewayMode.Monitor), contacts));
}
