namespace MediaSecurityLite.Enforcement.Rules;

/// <summary>The rules that are ours in the kernel: put there as a whole, watched over, taken away as a whole.</summary>
public sealed class RuleSet
{
    private static readonly string[] Families = ["iptables", "ip6tables"];

    private readonly RuleSetOptions _options;
    private readonly bool _hasNativeQueue;
    private string _installed = "";

    private RuleSet(RuleSetOptions options, bool hasNativeQueue)
    {
        _options = options;
        _hasNativeQueue = hasNativeQueue;
    }

    /// <summary>Installs the rules. What a killed run left is replaced.</summary>
    /// <exception cref="EnforcementException">The machine cannot do it.</exception>
    public static async Task<RuleSet> InstallAsync(RuleSetOptions options, CancellationToken cancellationToken)
    {
        var filter = await PacketFilter.ProbeAsync(cancellationToken);
        if (!filter.IsSufficient)
        {
            throw new EnforcementException(filter.HasTable
                ? "neither nftables nor iptables can queue packets here (kernel: CONFIG_NFT_QUEUE or NETFILTER_XT_TARGET_NFQUEUE)"
                : $"nftables does not take our table: {filter.Fault}");
        }

        var rules = new RuleSet(options, filter.HasNativeQueue);
        try
        {
            await rules.ApplyAsync(cancellationToken);
            return rules;
        }
        catch
        {
            await rules.RemoveAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Puts the rules back if somebody changed or deleted any of them.</summary>
    /// <returns>True if that was so.</returns>
    public async Task<bool> RestoreAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) == _installed)
        {
            return false;
        }

        await ApplyAsync(cancellationToken);
        return true;
    }

    /// <summary>Leaves nothing of ours. The queue's rules go first: without them no packet waits.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (!_hasNativeQueue)
        {
            foreach (var program in Families)
            {
                await Tool.TryRunAsync(program, ["-w", "-t", "mangle", "-D", .. QueueChain.Jump], null, cancellationToken);
                await Tool.TryRunAsync(program, ["-w", "-t", "mangle", "-F", QueueChain.Name], null, cancellationToken);
                await Tool.TryRunAsync(program, ["-w", "-t", "mangle", "-X", QueueChain.Name], null, cancellationToken);
            }
        }

        await Tool.RunAsync("nft", ["-f", "-"], FilterTable.Removal, cancellationToken);
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await Tool.RunAsync("nft", ["-f", "-"], FilterTable.Replacement(_options, _hasNativeQueue), cancellationToken);
        if (!_hasNativeQueue)
        {
            foreach (var program in Families)
            {
                var jump = await Tool.TryRunAsync(program, ["-w", "-t", "mangle", "-C", .. QueueChain.Jump], null, cancellationToken);
                var text = QueueChain.Replacement(_options, program == "ip6tables", jump.IsSuccess);
                await Tool.RunAsync($"{program}-restore", ["-w", "--noflush"], text, cancellationToken);
            }
        }

        _installed = await ReadAsync(cancellationToken);
    }

    /// <summary>What stands in the kernel of ours now, without counters.</summary>
    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var text = (await Tool.TryRunAsync("nft", ["-s", "list", "table", "inet", FilterTable.Name], null, cancellationToken)).Output;
        if (!_hasNativeQueue)
        {
            foreach (var program in Families)
            {
                text += (await Tool.TryRunAsync(program, ["-w", "-t", "mangle", "-S", QueueChain.Name], null, cancellationToken)).Output;
                text += (await Tool.TryRunAsync(program, ["-w", "-t", "mangle", "-C", .. QueueChain.Jump], null, cancellationToken)).IsSuccess;
            }
        }

        return text;
    }
}
