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

    /// <summary>The root's time is over; who may sign is not known any more.</summary>
    RootExpired,

    /// <summary>The time of the key that signed is over.</summary>
    KeyExpired,

    /// <summary>The pack's own time is over: somebody holds newer ones back.</summary>
    Expired,

    /// <summary>A newer version has been in force.</summary>
    Rollback,

    /// <summary>It is not the pack that it was announced or known as.</summary>
    AnotherPack,
}
