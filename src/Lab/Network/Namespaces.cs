using System.Net;
using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Network;

/// <summary>
/// The three network namespaces of one run: client – gateway – internet. The gateway routes or bridges; nothing in them has a route to
/// the machine's own network, and nothing of that network is changed.
/// </summary>
internal sealed class Namespaces
{
    private const string Prefix = "msl-";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private Namespaces(string runId)
    {
        Client = $"{Prefix}{runId}-client";
        Gateway = $"{Prefix}{runId}-gateway";
        Internet = $"{Prefix}{runId}-internet";
    }

    public string Client { get; }

    public string Gateway { get; }

    public string Internet { get; }

    private string[] All => [Client, Gateway, Internet];

    public static async Task<Namespaces> CreateAsync(string runId, Topology topology, CancellationToken cancellationToken)
    {
        var namespaces = new Namespaces(runId);
        foreach (var name in namespaces.All)
        {
            await IpAsync(["netns", "add", name], cancellationToken);
            await SysctlAsync(name, ["net.ipv6.conf.all.disable_ipv6=0", "net.ipv6.conf.default.accept_dad=0", "net.ipv6.conf.default.accept_ra=0"], cancellationToken);
            await InAsync(name, ["link", "set", "lo", "up"], cancellationToken);
        }

        await namespaces.WireAsync(cancellationToken);
        await (topology == Topology.Router ? namespaces.RouteAsync(cancellationToken) : namespaces.BridgeAsync(cancellationToken));
        await namespaces.ReachTheWorldAsync(cancellationToken);
        WriteResolver(namespaces.Client);
        WriteResolver(namespaces.Gateway);
        return namespaces;
    }

    /// <summary>Removes what a run left on the machine; of a run that cleaned up, nothing.</summary>
    public static async Task RemoveAsync(string runId, CancellationToken cancellationToken)
    {
        var existing = await ListAsync(cancellationToken);
        foreach (var name in new Namespaces(runId).All)
        {
            if (existing.Contains(name))
            {
                await EndProcessesAsync(name, cancellationToken);
                await IpAsync(["netns", "delete", name], cancellationToken);
            }

            var settings = ResolverFolder(name);
            if (Directory.Exists(settings))
            {
                Directory.Delete(settings, recursive: true);
            }
        }
    }

    /// <summary>The runs that own a namespace on this machine, dead or alive.</summary>
    public static async Task<IReadOnlySet<string>> RunsAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken))
            .Select(name => name.Split('-'))
            .Where(parts => parts is ["msl", { Length: 4 }, "client" or "gateway" or "internet"])
            .Select(parts => parts[1])
            .ToHashSet();

    private static async Task<IReadOnlySet<string>> ListAsync(CancellationToken cancellationToken) =>
        (await IpAsync(["netns", "list"], cancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[0])
            .ToHashSet();

    /// <summary>Programs of a dead run, if the kernel has not killed them yet: a namespace lives on as long as one is in it.</summary>
    private static async Task EndProcessesAsync(string name, CancellationToken cancellationToken)
    {
        foreach (var id in (await IpAsync(["netns", "pids", name], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Signals.Send(int.Parse(id, null), Signals.Kill);
        }
    }

    private async Task WireAsync(CancellationToken cancellationToken)
    {
        await CableAsync(LabPlan.LanInterface, Client, cancellationToken);
        await CableAsync(LabPlan.WanInterface, Internet, cancellationToken);
        await InAsync(Client, ["link", "set", LabPlan.EndInterface, "address", LabPlan.ClientMac], cancellationToken);
        await InAsync(Gateway, ["link", "set", LabPlan.LanInterface, "address", LabPlan.GatewayMac], cancellationToken);
        foreach (var (name, link) in new[] { (Client, LabPlan.EndInterface), (Gateway, LabPlan.LanInterface), (Gateway, LabPlan.WanInterface), (Internet, LabPlan.EndInterface) })
        {
            // Without these a capture shows packets as no wire carries them: joined to 64 kB and without checksums.
            await RunAsync(new Command("ethtool", "-K", link, "tx", "off", "tso", "off", "gso", "off", "gro", "off") { Namespace = name }, cancellationToken);
            await InAsync(name, ["link", "set", link, "up"], cancellationToken);
        }
    }

    /// <summary>A pair of virtual interfaces: one end in the gateway, the other in <paramref name="end"/>.</summary>
    private Task<string> CableAsync(string gatewayLink, string end, CancellationToken cancellationToken) =>
        IpAsync(["link", "add", gatewayLink, "netns", Gateway, "type", "veth", "peer", "name", LabPlan.EndInterface, "netns", end], cancellationToken);

    private async Task RouteAsync(CancellationToken cancellationToken)
    {
        await AddressAsync(Gateway, LabPlan.LanInterface, LabPlan.GatewayLan4, LabPlan.GatewayLan6, cancellationToken);
        await AddressAsync(Gateway, LabPlan.WanInterface, LabPlan.GatewayWan4, LabPlan.GatewayWan6, cancellationToken);
        await AddressAsync(Internet, LabPlan.EndInterface, LabPlan.Internet4, LabPlan.Internet6, cancellationToken);
        await RouteAsync(Gateway, "default", LabPlan.Internet4, cancellationToken);
        await RouteAsync(Gateway, "default", LabPlan.Internet6, cancellationToken);
        await RouteAsync(Internet, LabPlan.Lan4, LabPlan.GatewayWan4, cancellationToken);
        await RouteAsync(Internet, LabPlan.Lan6, LabPlan.GatewayWan6, cancellationToken);
        await SysctlAsync(Gateway, ["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"], cancellationToken);
    }

    /// <summary>The router's address is the internet's here; whoever asks the gateway finds it beside the terminals.</summary>
    private async Task BridgeAsync(CancellationToken cancellationToken)
    {
        await InAsync(Gateway, ["link", "add", LabPlan.BridgeInterface, "type", "bridge", "stp_state", "0", "forward_delay", "0"], cancellationToken);
        await InAsync(Gateway, ["link", "set", LabPlan.LanInterface, "master", LabPlan.BridgeInterface], cancellationToken);
        await InAsync(Gateway, ["link", "set", LabPlan.WanInterface, "master", LabPlan.BridgeInterface], cancellationToken);
        await InAsync(Gateway, ["link", "set", LabPlan.BridgeInterface, "up"], cancellationToken);
        await AddressAsync(Gateway, LabPlan.BridgeInterface, LabPlan.GatewayBridge4, LabPlan.GatewayBridge6, cancellationToken);
        await AddressAsync(Internet, LabPlan.EndInterface, LabPlan.GatewayLan4, LabPlan.GatewayLan6, cancellationToken);
        await RouteAsync(Gateway, "default", LabPlan.GatewayLan4, cancellationToken);
        await RouteAsync(Gateway, "default", LabPlan.GatewayLan6, cancellationToken);
    }

    private async Task ReachTheWorldAsync(CancellationToken cancellationToken)
    {
        await AddressAsync(Client, LabPlan.EndInterface, LabPlan.Client4, LabPlan.Client6, cancellationToken);
        await RouteAsync(Client, "default", LabPlan.GatewayLan4, cancellationToken);
        await RouteAsync(Client, "default", LabPlan.GatewayLan6, cancellationToken);

        // One machine plays all servers of the world: the kernel takes these whole networks for its own addresses.
        await InAsync(Internet, ["route", "add", "local", LabPlan.World4, "dev", "lo"], cancellationToken);
        await InAsync(Internet, ["-6", "route", "add", "local", LabPlan.World6, "dev", "lo"], cancellationToken);
    }

    private static async Task AddressAsync(string name, string link, IPAddress v4, IPAddress v6, CancellationToken cancellationToken)
    {
        await InAsync(name, ["address", "add", $"{v4}/24", "dev", link], cancellationToken);
        await InAsync(name, ["address", "add", $"{v6}/64", "dev", link, "nodad"], cancellationToken);
    }

    private static Task<string> RouteAsync(string name, string target, IPAddress via, CancellationToken cancellationToken) =>
        InAsync(name, ["route", "add", target, "via", via.ToString()], cancellationToken);

    private static string ResolverFolder(string name) => $"/etc/netns/{name}";

    /// <summary><c>ip netns exec</c> shows this file as /etc/resolv.conf to what it starts.</summary>
    private static void WriteResolver(string name)
    {
        Directory.CreateDirectory(ResolverFolder(name));
        File.WriteAllText(
            Path.Combine(ResolverFolder(name), "resolv.conf"),
            $"nameserver {LabPlan.DnsServer}\noptions timeout:1 attempts:2\n");
    }

    private static Task<string> SysctlAsync(string name, string[] settings, CancellationToken cancellationToken) =>
        RunAsync(new Command("sysctl", ["-q", "-w", .. settings]) { Namespace = name }, cancellationToken);

    private static Task<string> InAsync(string name, string[] arguments, CancellationToken cancellationToken) =>
        IpAsync(["-n", name, .. arguments], cancellationToken);

    private static Task<string> IpAsync(string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(new Command("ip", arguments), cancellationToken);

    private static async Task<string> RunAsync(Command command, CancellationToken cancellationToken) =>
        (await ChildProcess.RunAsync(command with { DiesWithTheLab = false }, Limit, cancellationToken)).OrThrow().Output;
}
