using System.Globalization;
using MediaSecurityLite.Enforcement.Queue;

namespace MediaSecurityLite.Enforcement.Rules;

/// <summary>
/// Which packets are shown to us, for kernels whose nftables has no queue: a chain of iptables and one of ip6tables. Of a flow
/// that is not decided: every UDP packet of the terminal's; of TCP the first SYN, so that the stream's beginning is known, and
/// what carries data. Bare acknowledgments and resets are not.
/// </summary>
internal static class QueueChain
{
    public const string Name = "MSLGW";

    private static readonly string Undecided = string.Create(CultureInfo.InvariantCulture, $"0x0/0x{FlowMark.Mask:x8}");

    /// <summary>Arguments that name our rule in the FORWARD chain: behind <c>-C</c>, <c>-I</c> or <c>-D</c>.</summary>
    public static string[] Jump { get; } = ["FORWARD", "-m", "connmark", "--mark", Undecided, "-j", Name];

    /// <summary>Input of <c>iptables-restore --noflush</c>: replaces the chain in one step.</summary>
    /// <param name="options">The queue.</param>
    /// <param name="isV6">For ip6tables.</param>
    /// <param name="hasJump">The rule that leads here is there already.</param>
    public static string Replacement(RuleSetOptions options, bool isV6, bool hasJump)
    {
        // Headers without data: IP and TCP alone, or with the time stamps that most stacks send (RFC 7323).
        var bare = isV6 ? 60 : 40;
        var queue = $"-j NFQUEUE --queue-num {options.Queue}{(options.PassesWhileDown ? " --queue-bypass" : "")}";
        return $"""
            *mangle
            :{Name} - [0:0]
            -A {Name} -m conntrack --ctdir REPLY -j RETURN
            -A {Name} -p udp {queue}
            -A {Name} -p tcp -m tcp --tcp-flags RST RST -j RETURN
            -A {Name} -p tcp -m tcp --tcp-flags SYN SYN -m conntrack ! --ctstate NEW -j RETURN
            -A {Name} -p tcp -m length --length {bare} -m tcp ! --tcp-flags SYN SYN -j RETURN
            -A {Name} -p tcp -m length --length {bare + 12} -m tcp ! --tcp-flags SYN SYN --tcp-option 8 -j RETURN
            -A {Name} -p tcp {queue}
            {(hasJump ? "" : $"-I {string.Join(' ', Jump)}\n")}COMMIT

            """;
    }
}
