using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Protocols.Expectations;

/// <summary>Where a flow that was announced will go: who opens it, and to which address and port.</summary>
internal readonly record struct ExpectedFlow(byte Transport, IpAddress From, IpAddress To, ushort ToPort);

/// <summary>What one flow announced about another: what it will speak, and what it will carry.</summary>
internal sealed class Expectation
{
    public ExpectedFlow Flow { get; set; }

    public AppProtocol Protocol { get; set; }

    /// <summary>The direction that speaks first in the flow to come; null for either.</summary>
    public Direction? FirstSpeaker { get; set; }

    /// <summary>The command that asked for the transfer, as the protocol spells it.</summary>
    public KeptField Command { get; } = new(16);

    /// <summary>The file that is transferred; empty where there is none.</summary>
    public KeptField FileName { get; } = new(1024);

    /// <summary>In nanoseconds since 1970-01-01 UTC.</summary>
    internal long Deadline { get; set; }
}
