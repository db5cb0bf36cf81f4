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

    /// <summary>
    /// Only what clients send is shown, and of a flow nothing more once it is decided (<see cref="Verdicts.Verdict.IsDecided"/>):
    /// streams are followed without the server's side, decided flows are forgotten at once, and a SYN always opens a new
    /// connection.
    /// </summary>
    public bool IsInline { get; init; }

    /// <summary>TCP reassembly.</summary>
    public StreamOptions Streams { get; init; } = new();
}
