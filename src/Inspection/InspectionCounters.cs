using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection;

/// <summary>What one inspector did since its start. A copy: reading it never disturbs the inspector.</summary>
public sealed record InspectionCounters
{
    /// <summary>Frames inspected.</summary>
    public required long Packets { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Flows opened.</summary>
    public required long Flows { get; init; }

    /// <summary>Flows open now.</summary>
    public required long ActiveFlows { get; init; }

    /// <summary>Flows given up because the table was full.</summary>
    public required long EvictedFlows { get; init; }

    /// <summary>Detections made.</summary>
    public required long Detections { get; init; }

    /// <summary>Packets that got the verdict "block".</summary>
    public required long Blocked { get; init; }

    /// <summary>Frames by <see cref="Packets.DecodeEvent"/> number; the first is "nothing wrong".</summary>
    public required IReadOnlyList<long> DecodeEvents { get; init; }

    /// <summary>Fragmented datagrams given up because a bound of <see cref="Packets.FragmentOptions"/> was reached.</summary>
    public required long EvictedDatagrams { get; init; }

    /// <summary>Fragmented datagrams whose rest did not come in time.</summary>
    public required long ExpiredDatagrams { get; init; }

    /// <summary>Application data that broke its protocol's rules.</summary>
    public required long MalformedMessages { get; init; }

    /// <summary>Bytes of streams and fragments held now because their turn has not come.</summary>
    public required long StreamBytes { get; init; }

    /// <summary>TCP reassembly.</summary>
    public required StreamCounters Streams { get; init; }
}
