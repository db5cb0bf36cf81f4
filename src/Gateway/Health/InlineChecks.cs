using MediaSecurityLite.Enforcement.Rules;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>Can packets be blocked: the kernel's packet filter, its queue, and bridged packets in it.</summary>
internal static class InlineChecks
{
    public static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(GatewayMode mode, CancellationToken cancellationToken)
    {
        const string Filter = "packet filter";
        const string Queue = "packet queue";
        if (mode == GatewayMode.Monitor)
        {
            return [];
        }

        var filter = await PacketFilter.ProbeAsync(cancellationToken);
        List<DoctorFinding> findings =
        [
            filter.HasTable ? DoctorFinding.Good(Filter, "nftables") : DoctorFinding.Missing(Filter, $"nftables does not take our table: {filter.Fault}"),
            (filter.HasNativeQueue, filter.HasLegacyQueue) switch
            {
                (true, _) => DoctorFinding.Good(Queue, "nftables"),
                (_, true) => DoctorFinding.Good(Queue, "iptables and ip6tables (this kernel's nftables has no queue)"),
                _ => DoctorFinding.Missing(Queue, "neither nftables nor iptables can queue packets (kernel: CONFIG_NFT_QUEUE; Debian: apt install iptables)"),
            },
        ];
        if (mode == GatewayMode.Bridge)
        {
            findings.Add(BridgeFilter.Obstacle() is { } obstacle
                ? DoctorFinding.Warning("bridge", $"{obstacle}; the agent switches it on if it may")
                : DoctorFinding.Good("bridge", "bridged packets pass the packet filter"));
        }

        return findings;
    }
}
