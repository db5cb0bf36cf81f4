using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Servers;

/// <summary>dnsmasq as the provider's DNS server: knows the lab's names and nothing else.</summary>
internal static class NameServer
{
    public static async Task<ChildProcess> StartAsync(string name, CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            // It stays root and in its group: the kernel forgets the parent-death signal of a program that changes who it is.
            "--keep-in-foreground", "--log-facility=-", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--user=root", "--group=root",
            "--pid-file", $"--listen-address={LabPlan.DnsServer}", "--bind-interfaces",
            $"--address=/{LabPlan.CenterName}/{LabPlan.Center}",
        ];
        foreach (var site in Sites.All)
        {
            arguments.Add($"--address=/{site.Host}/{site.Address4}");
            arguments.Add($"--address=/{site.Host}/{site.Address6}");
        }

        var server = await ChildProcess.StartAsync(new Command("dnsmasq", arguments) { Namespace = name });
        await server.WaitForLineAsync(line => line.Contains("started", StringComparison.Ordinal), TimeSpan.FromSeconds(10), cancellationToken);
        return server;
    }
}
