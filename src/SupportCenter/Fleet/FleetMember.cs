namespace MediaSecurityLite.SupportCenter.Fleet;

/// <summary>A registered gateway: whose it is, which certificate opens its subtree, and what it last said of itself.</summary>
internal sealed class FleetMember
{
    public const int MaxNameLength = 100;

    /// <summary>The gateway's id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it: the customer or the site.</summary>
    public required string Name { get; set; }

    /// <summary>Where the customer's mails go.</summary>
    public required string Mail { get; set; }

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public required string Language { get; set; }

    /// <summary>SHA-256 of the one certificate that is accepted.</summary>
    public required string CertificateThumbprint { get; set; }

    public required DateTimeOffset RegisteredAt { get; set; }

    /// <summary>Set when the gateway was removed; its history stays.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>The last sign of life, by the centre's clock; null before the first.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>Whether its session with the broker stood when it was last told.</summary>
    public bool Connected { get; set; }

    public string? AgentVersion { get; set; }

    public string? PackVersion { get; set; }

    public long? PolicyVersion { get; set; }

    public string? Mode { get; set; }

    public long? Packets { get; set; }

    public long? Dropped { get; set; }

    public long? OutboxQueued { get; set; }
}
