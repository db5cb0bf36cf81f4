using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Pipeline;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace MediaSecurityLite.Gateway.Tests.Health;

public sealed class WatchdogServiceTests
{
    [Fact]
    public void HasProgress_PacketPathHangs_IsFalseUntilItTurnsAgain()
    {
        var packets = new PacketCounters();
        using var watchdog = new WatchdogService(packets, new NoSystemd(), TimeProvider.System, NullLogger<WatchdogService>.Instance);

        Assert.False(watchdog.HasProgress());
        packets.Turned();
        Assert.True(watchdog.HasProgress());
        Assert.False(watchdog.HasProgress());
        packets.Turned();
        Assert.True(watchdog.HasProgress());
    }

    private sealed class NoSystemd : ISystemdNotifier
    {
        public bool IsEnabled => false;

        public void Notify(ServiceState state) => throw new InvalidOperationException("there is no systemd");
    }
}
