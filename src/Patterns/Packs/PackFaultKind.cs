namespace MediaSecurityLite.Patterns.Packs;

/// <summary>Why a pack was refused.</summary>
public enum PackFaultKind
{
    /// <summary>The file cannot be read.</summary>
    Unreadable,

    /// <summary>The file is no pack, or one of a newer layout.</summary>
    NotAPack,

    /// <summary>Signed with a key that is not trusted.</summary>
    UntrustedSigner,

    /// <summary>The manifest is not what was signed.</summary>
    BadSignature,

    /// <summary>A section is not what the manifest says, or bytes are missing or left over.</summary>
    Damaged,
}
