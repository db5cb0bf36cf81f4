using MediaSecurityLite.Gateway.Inline;
using MediaSecurityLite.Gateway.Pipeline;

namespace MediaSecurityLite.Gateway.Tests.Inline;

public sealed class ProgressGuardTests
{
    private readonly PacketCounters _packets = new();
    private readonly List<string> _ends = [];

    [Fact]
    public void Look_PacketPathTurns_NeverEndsTheProcess()
    {
        using var guard = new ProgressGuard(_packets, _ends.Add);
        for (var i = 0; i < 100; i++)
        {
            _packets.Turned();
            guard.Look();
        }

        Assert.Empty(_ends);
    }

    [Fact]
    public void Look_PacketPathHangs_EndsTheProcessAfterASecond()
    {
        using var guard = new ProgressGuard(_packets, _ends.Add);
        guard.Look();
        for (var i = 1; i < ProgressGuard.MaxLooks; i++)
        {
            guard.Look();
            Assert.Empty(_ends);
        }

        guard.Look();

        Assert.Single(_ends);
    }

    [Fact]
    public void Look_AStumble_StartsTheCountAnew()
    {
        using var guard = new ProgressGuard(_packets, _ends.Add);
        for (var i = 0; i < 3 * ProgressGuard.MaxLooks; i++)
        {
            if (i % (ProgressGuard.MaxLooks - 1) == 0)
            {
                _packets.Turned();
            }

            guard.Look();
        }

        Assert.Empty(_ends);
    }
}
