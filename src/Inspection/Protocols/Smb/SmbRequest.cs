namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>What a request asked for, as far as its answer needs it.</summary>
internal enum SmbAction : byte
{
    Open,
    Read,
    Close,
    ConnectTree,
}

/// <summary>A request that waits for its answer.</summary>
internal readonly record struct SmbRequest(ulong Number, SmbAction Action, SmbFileId File, ulong Offset);
