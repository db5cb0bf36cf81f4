using System.Net;

namespace MediaSecurityLite.SupportCenter.Packs;

/// <summary>Where pattern packs are served, and how a new version is let out.</summary>
internal sealed class PackOptions
{
    private const int LargestFactor = 1000;

    private static readonly TimeSpan LongestObservation = TimeSpan.FromDays(30);

    /// <summary>The address to listen on.</summary>
    public string Address { get; set; } = "0.0.0.0";

    /// <summary>The port; 0 takes any free one.</summary>
    public int Port { get; set; } = 8443;

    /// <summary>What gateways are told to fetch from; null: the first of <c>Broker:HostNames</c> and <see cref="Port"/>.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Connections at a time, of all gateways together; further ones are closed.</summary>
    public int MaxConnections { get; set; } = 512;

    /// <summary>Requests of one gateway in a minute; further ones get 429.</summary>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>How long a stage of a rollout is watched at least.</summary>
    public TimeSpan ObservationTime { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How many gateways must have reported on a stage before the next; fewer where fewer take part.</summary>
    public int MinimumReports { get; set; } = 10;

    /// <summary>Share of the reporting gateways that may have rolled back; 0 to 1.</summary>
    public double RollbackBound { get; set; } = 0.005;

    /// <summary>Share of the reporting gateways that may have refused; 0 to 1.</summary>
    public double RefusalBound { get; set; } = 0.02;

    /// <summary>How many times as many detections as the fleet's baseline the updated gateways may make.</summary>
    public double DetectionFactor { get; set; } = 3;

    /// <summary>Everything that is wrong, each with its key.</summary>
    public IEnumerable<string> Validate()
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            yield return $"Packs:Address must be an IP address, not '{Address}'";
        }

        if (Port is < 0 or > 65535)
        {
            yield return $"Packs:Port must be 0 to 65535, not {Port}";
        }

        if (BaseUrl is not null && !(Uri.TryCreate(BaseUrl, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length + uri.Fragment.Length == 0))
        {
            yield return $"Packs:BaseUrl must be of the form https://center.example:8443/patterns, not '{BaseUrl}'";
        }

        if (MaxConnections is < 1 or > 100_000)
        {
            yield return $"Packs:MaxConnections must be 1 to 100000, not {MaxConnections}";
        }

        if (RequestsPerMinute is < 1 or > 1_000_000)
        {
            yield return $"Packs:RequestsPerMinute must be 1 to 1000000, not {RequestsPerMinute}";
        }

        foreach (var fault in ValidateRollout())
        {
            yield return fault;
        }
    }

    private IEnumerable<string> ValidateRollout()
    {
        if (ObservationTime < TimeSpan.Zero || ObservationTime > LongestObservation)
        {
            yield return $"Packs:ObservationTime must be {TimeSpan.Zero} to {LongestObservation}, not {ObservationTime}";
        }

        if (MinimumReports is < 0 or > 100_000)
        {
            yield return $"Packs:MinimumReports must be 0 to 100000, not {MinimumReports}";
        }

        // Written so that NaN is wrong too.
        if (!(RollbackBound is >= 0 and <= 1))
        {
            yield return $"Packs:RollbackBound must be 0 to 1, not {RollbackBound}";
        }

        if (!(RefusalBound is >= 0 and <= 1))
        {
            yield return $"Packs:RefusalBound must be 0 to 1, not {RefusalBound}";
        }

        if (!(DetectionFactor is >= 1 and <= LargestFactor))
        {
            yield return $"Packs:DetectionFactor must be 1 to {LargestFactor}, not {DetectionFactor}";
        }
    }
}
