namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>Why a version cannot be released.</summary>
internal enum ReleaseRefusal
{
    NotImported,

    /// <summary>Gateways would not install it.</summary>
    Expired,

    /// <summary>The channel has had this version or a newer one; gateways do not go back.</summary>
    NotNewer,
}
