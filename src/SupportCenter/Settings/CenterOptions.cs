using MediaSecurityLite.SupportCenter.Broker;
using MediaSecurityLite.SupportCenter.Console;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Packs;

namespace MediaSecurityLite.SupportCenter.Settings;

/// <summary>What an operator may write into <c>mslcenter.json</c>; each room owns its section.</summary>
internal sealed class CenterOptions
{
    /// <summary>Database, own certificate authority, page keys and the pickup folder; closed to other users.</summary>
    public string DataDirectory { get; set; } = "/var/lib/mslcenter";

    public BrokerOptions Broker { get; set; } = new();

    public ConsoleOptions Console { get; set; } = new();

    public FleetOptions Fleet { get; set; } = new();

    public IncidentOptions Incidents { get; set; } = new();

    public MailOptions Mail { get; set; } = new();

    public PackOptions Packs { get; set; } = new();

    public SupportOptions Support { get; set; } = new();

    /// <summary>Everything that is wrong, each with its key.</summary>
    public IEnumerable<string> Validate()
    {
        IEnumerable<string> own = Path.IsPathFullyQualified(DataDirectory) ? [] : [$"DataDirectory must be an absolute path, not '{DataDirectory}'"];
        return [.. own, .. Broker.Validate(), .. Console.Validate(), .. Fleet.Validate(), .. Incidents.Validate(), .. Mail.Validate(), .. Packs.Validate(), .. Support.Validate()];
    }
}
