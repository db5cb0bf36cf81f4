using System.Runtime.InteropServices;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Inspection.Detectors;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>Loads patterns and policy before the first packet, and again at SIGHUP (<c>systemctl reload mslgw</c>).</summary>
internal sealed class SnapshotService(
    PolicyLoader policyLoader, PolicyState policy, PatternLoader patternLoader, PatternState patterns, SnapshotState snapshots, GatewaySettings settings)
    : IHostedService, IDisposable
{
    private PosixSignalRegistration? _reload;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        policyLoader.Load();
        patternLoader.Load();
        Publish();
        _reload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _reload?.Dispose();

    private void Reload(PosixSignalContext signal)
    {
        signal.Cancel = true; // not the default of the signal, which ends the process
        policyLoader.Reload();
        patternLoader.Load();
        Publish();
    }

    /// <summary>Where the agent only listens nothing can be blocked: the policy says so to the detectors.</summary>
    private void Publish() => snapshots.Replace(new DetectionSnapshot(patterns.Set, policy.Current.Compile(settings.Gateway.Mode != GatewayMode.Monitor)));
}
