using System.Net;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>Where gateways connect to.</summary>
internal sealed class BrokerOptions
{
    /// <summary>The address to listen on.</summary>
    public string Address { get; set; } = "0.0.0.0";

    /// <summary>The port; 0 takes any free one.</summary>
    public int Port { get; set; } = 8883;

    /// <summary>Names and addresses that gateways call the centre by, put into the server's certificate; empty: this machine's name and localhost.</summary>
    public string[] HostNames { get; set; } = [];

    /// <summary><see cref="HostNames"/>, or what stands in for them; the first is what gateways are told.</summary>
    public IReadOnlyList<string> NamesInForce() => HostNames.Length > 0 ? HostNames : [Dns.GetHostName(), "localhost", "127.0.0.1"];

    public IEnumerable<string> Validate()
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            yield return $"Broker:Address must be an IP address, not '{Address}'";
        }

        if (Port is < 0 or > 65535)
        {
            yield return $"Broker:Port must be 0 to 65535, not {Port}";
        }

        foreach (var name in HostNames.Where(name => Uri.CheckHostName(name) == UriHostNameType.Unknown))
        {
            yield return $"Broker:HostNames: '{name}' is neither a host name nor an IP address";
        }
    }
}
