namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>What a file of a pattern repository is; its folder.</summary>
internal enum PackFileKind
{
    /// <summary><c>root/3.json</c>: which keys sign.</summary>
    Root,

    /// <summary><c>manifests/DIGEST</c>: the signed front of a pack.</summary>
    Manifest,

    /// <summary><c>blobs/DIGEST</c>, <c>blobs/DIGEST.zst</c>: a section, as it is or compressed.</summary>
    Blob,

    /// <summary><c>deltas/DIGEST-DIGEST</c>: from one section to another.</summary>
    Delta,
}
