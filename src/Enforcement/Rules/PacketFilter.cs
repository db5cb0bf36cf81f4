namespace MediaSecurityLite.Enforcement.Rules;

/// <summary>What this machine's packet filter can do, as far as it differs between kernels.</summary>
/// <param name="HasTable">nftables takes our table.</param>
/// <param name="HasNativeQueue">nftables itself can queue.</param>
/// <param name="HasLegacyQueue">iptables and ip6tables can.</param>
/// <param name="Fault">Why nftables does not take our table.</param>
public sealed record PacketFilter(bool HasTable, bool HasNativeQueue, bool HasLegacyQueue, string? Fault)
{
    private static readonly RuleSetOptions Example = new() { Queue = 0 };

    /// <summary>Blocking is possible.</summary>
    public bool IsSufficient => HasTable && (HasNativeQueue || HasLegacyQueue);

    /// <summary>Asks the kernel without changing anything.</summary>
    public static async Task<PacketFilter> ProbeAsync(CancellationToken cancellationToken)
    {
        var table = await CheckAsync(FilterTable.Replacement(Example, hasQueue: false), cancellationToken);
        var native = table.IsSuccess && (await CheckAsync(FilterTable.Replacement(Example, hasQueue: true), cancellationToken)).IsSuccess;
        var legacy = !native
            && await CanQueueAsync("iptables-restore", isV6: false, cancellationToken)
            && await CanQueueAsync("ip6tables-restore", isV6: true, cancellationToken);
        return new PacketFilter(table.IsSuccess, native, legacy, table.IsSuccess ? null : table.Error.Split('\n')[0]);
    }

    private static Task<Tool.Result> CheckAsync(string text, CancellationToken cancellationToken) =>
        Tool.TryRunAsync("nft", ["-c", "-f", "-"], text, cancellationToken);

    private static async Task<bool> CanQueueAsync(string program, bool isV6, CancellationToken cancellationToken) =>
        (await Tool.TryRunAsync(program, ["-w", "--noflush", "--test"], QueueChain.Replacement(Example, isV6, hasJump: false), cancellationToken)).IsSuccess;
}
