using System.Globalization;
using MediaSecurityLite.Enforcement.Queue;

namespace MediaSecurityLite.Enforcement.Rules;

/// <summary>
/// Our nftables table: what happens to a packet by what is known of its flow. A flow's first packets come from the queue with
/// the verdict in their mark; it is kept in the connection's mark, and from then on the kernel acts alone.
/// </summary>
internal static class FilterTable
{
    public const string Name = "mslgw";

    private static readonly string Mask = Hex(FlowMark.Mask);
    private static readonly string Pass = Hex(FlowMark.Pass);
    private static readonly string Blocked = Hex(FlowMark.Refuse);
    private static readonly string Swallow = Hex(FlowMark.Swallow);
    private static readonly string Others = Hex(~FlowMark.Mask);

    /// <summary>Replaces the whole table in one transaction; with the queue where the kernel's nftables has one.</summary>
    public static string Replacement(RuleSetOptions options, bool hasQueue) => $$"""
        table inet {{Name}}
        delete table inet {{Name}}
        table inet {{Name}} {
          chain refuse {
            meta l4proto tcp reject with tcp reset
            reject with icmpx port-unreachable
          }
          # A terminal that was shown a page ends the connection itself: only what says more is reset.
          chain blocked {
            tcp flags & (fin | psh) != 0 reject with tcp reset
            meta l4proto tcp drop
            reject with icmpx port-unreachable
          }
        {{(hasQueue ? Queue(options) : "")}}
          chain verdict {
            type filter hook forward priority mangle + 1; policy accept;
            ct mark & {{Mask}} == {{Pass}} accept
            meta mark & {{Mask}} == {{Pass}} ct mark set ct mark & {{Others}} | {{Pass}} accept
            meta mark & {{Mask}} == {{Blocked}} ct mark set ct mark & {{Others}} | {{Blocked}} jump refuse
            meta mark & {{Mask}} == {{Swallow}} ct mark set ct mark & {{Others}} | {{Blocked}} drop
            ct mark & {{Mask}} == {{Blocked}} jump blocked
          }
          chain answers {
            type filter hook output priority raw; policy accept;
            meta mark & {{Mask}} == {{Pass}} notrack
          }
        }

        """;

    /// <summary>A transaction that leaves nothing of ours.</summary>
    public static string Removal => $"table inet {Name}\ndelete table inet {Name}\n";

    /// <summary>The queue as nftables says it; the same choice as <see cref="QueueChain"/>.</summary>
    private static string Queue(RuleSetOptions options) => $$"""
          chain choose {
            type filter hook forward priority mangle; policy accept;
            ct mark & {{Mask}} != 0 accept
            ct direction reply accept
            meta l4proto udp queue {{(options.PassesWhileDown ? "flags bypass " : "")}}to {{options.Queue}}
            meta l4proto != tcp accept
            tcp flags & rst != 0 accept
            tcp flags & syn != 0 ct state != new accept
            tcp flags & syn == 0 meta nfproto ipv4 meta length 40 accept
            tcp flags & syn == 0 meta nfproto ipv6 meta length 60 accept
            tcp flags & syn == 0 meta nfproto ipv4 meta length 52 tcp option timestamp exists accept
            tcp flags & syn == 0 meta nfproto ipv6 meta length 72 tcp option timestamp exists accept
            queue {{(options.PassesWhileDown ? "flags bypass " : "")}}to {{options.Queue}}
          }
        """;

    private static string Hex(uint value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x8}");
}
