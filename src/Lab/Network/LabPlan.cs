using System.Net;

namespace MediaSecurityLite.Lab.Network;

/// <summary>
/// Addresses of the lab. They exist only inside its namespaces and are those set aside for documentation (RFC 5737, RFC 3849)
/// and private networks, so nothing here can name a real machine.
/// </summary>
/// <remarks>
/// <code>
/// client eth0 ── lan0 gateway wan0 ── eth0 internet
/// 192.168.77.10  .77.1  198.51.100.2  198.51.100.1   and 203.0.113.0/24 as "the servers of the world"
///
/// client eth0 ── br0 gateway ── eth0 internet        the gateway as a bridge
/// 192.168.77.10  .77.2          .77.1                and the same servers
/// </code>
/// </remarks>
internal static class LabPlan
{
    public const string LanInterface = "lan0";
    public const string WanInterface = "wan0";
    public const string EndInterface = "eth0";
    public const string BridgeInterface = "br0";

    public const string ClientMac = "02:00:5e:77:00:10";
    public const string GatewayMac = "02:00:5e:77:00:01";

    public const string Lan4 = "192.168.77.0/24";
    public const string Lan6 = "2001:db8:77::/64";
    public const string World4 = "203.0.113.0/24";
    public const string World6 = "2001:db8:113::/64";

    public static readonly IPAddress Client4 = IPAddress.Parse("192.168.77.10");
    public static readonly IPAddress Client6 = IPAddress.Parse("2001:db8:77::10");
    public static readonly IPAddress GatewayLan4 = IPAddress.Parse("192.168.77.1");
    public static readonly IPAddress GatewayLan6 = IPAddress.Parse("2001:db8:77::1");
    public static readonly IPAddress GatewayBridge4 = IPAddress.Parse("192.168.77.2");
    public static readonly IPAddress GatewayBridge6 = IPAddress.Parse("2001:db8:77::2");
    public static readonly IPAddress GatewayWan4 = IPAddress.Parse("198.51.100.2");
    public static readonly IPAddress GatewayWan6 = IPAddress.Parse("2001:db8:100::2");
    public static readonly IPAddress Internet4 = IPAddress.Parse("198.51.100.1");
    public static readonly IPAddress Internet6 = IPAddress.Parse("2001:db8:100::1");

    /// <summary>The provider's DNS server, which terminals ask through the gateway.</summary>
    public static readonly IPAddress DnsServer = IPAddress.Parse("203.0.113.53");

    /// <summary>Where the gateway finds the support centre; a relay of the lab answers here.</summary>
    public static readonly IPAddress Center = IPAddress.Parse("203.0.113.8");

    public const string CenterName = "center.mslite.test";
}
