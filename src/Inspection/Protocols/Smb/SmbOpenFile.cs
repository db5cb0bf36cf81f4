using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>A file that a client has open.</summary>
internal sealed class SmbOpenFile
{
    public SmbFileId Id { get; set; }

    /// <summary>The name it went by before the server had named it; requests that were sent ahead use it.</summary>
    public SmbFileId PreliminaryId { get; set; }

    /// <summary>UTF-8, as the client wrote it.</summary>
    public KeptField Name { get; } = new(1024);

    public SmbTransfer Reading { get; } = new(Direction.ToClient);

    public SmbTransfer Writing { get; } = new(Direction.ToServer);

    public void End(Observations observations, Flow flow, bool isComplete)
    {
        Reading.End(observations, flow, isComplete);
        Writing.End(observations, flow, isComplete);
    }
}
