using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection;

/// <summary>Bounds of one inspector.</summary>
public sealed record InspectorOptions
{
    /// <summary>Files in flows.</summary>
    public FileTrackingOptions Files { get; init; } = new();

    /// <summary>Reassembly of IP fragments.</summary>
    public FragmentOptions Fragments { get; init; } = new();

    /// <summary>The flow table.</summary>
    public FlowOptions Flows { get; init; } = new();

    /// <summary>TCP reassembly.</summary>
    public StreamOptions Streams { get; init; } = new();
}
