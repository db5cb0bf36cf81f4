using MediaSecurityLite.Lab.Processes;
using MediaSecurityLite.Lab.Scenarios;
using MediaSecurityLite.Lab.Servers;

namespace MediaSecurityLite.Lab.Network;

/// <summary>One run of the lab: namespaces with servers in them and a terminal. Disposing leaves the machine as it was.</summary>
internal sealed class NetworkLab : IAsyncDisposable
{
    /// <summary>The programs of the machine that the lab is made of.</summary>
    public static readonly IReadOnlyList<string> Tools = ["ip", "ethtool", "sysctl", "setpriv", "nginx", "dnsmasq", "curl", "dig", "openssl", "tcpdump", "nft", "iptables"];

    private readonly RunFolder _folder;
    private readonly List<ChildProcess> _servers = [];

    private NetworkLab(RunFolder folder) => _folder = folder;

    public Namespaces Namespaces { get; private set; } = null!;

    public Terminal Terminal { get; private set; } = null!;

    /// <summary>Files of this run; they go with it.</summary>
    public string Folder => _folder.Path;

    /// <summary>Why this machine cannot have the lab; null if it can.</summary>
    public static string? Obstacle()
    {
        if (!Capabilities.CanMakeNamespaces())
        {
            return "network namespaces need root";
        }

        var missing = Tools.Where(tool => !Exists(tool)).ToList();
        return missing.Count == 0 ? null : $"missing programs: {string.Join(", ", missing)} (deploy/prerequisites installs them)";
    }

    public static async Task<NetworkLab> StartAsync(TimeProvider time, CancellationToken cancellationToken, Topology topology = Topology.Router)
    {
        if (Obstacle() is { } obstacle)
        {
            throw new LabException(obstacle);
        }

        await Leftovers.RemoveAsync(cancellationToken);
        var lab = new NetworkLab(RunFolder.Create());
        try
        {
            lab.Namespaces = await Namespaces.CreateAsync(lab._folder.Id, topology, cancellationToken);
            using (var certificates = LabCertificates.Create(Sites.All.Select(site => site.Host), time))
            {
                certificates.Write(lab.Folder);
            }

            lab._servers.Add(await NameServer.StartAsync(lab.Namespaces.Internet, cancellationToken));
            lab._servers.Add(await WebServer.StartAsync(lab.Namespaces.Internet, lab.Folder, cancellationToken));
            lab.Terminal = new Terminal(lab.Namespaces.Client, Path.Combine(lab.Folder, LabCertificates.AuthorityFile));
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await Namespaces.RemoveAsync(_folder.Id, CancellationToken.None);
        _folder.Dispose();
    }

    private static bool Exists(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool)));
}
