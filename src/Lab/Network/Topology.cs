namespace MediaSecurityLite.Lab.Network;

/// <summary>How the gateway of a lab joins the terminals with the internet.</summary>
internal enum Topology
{
    /// <summary>It routes.</summary>
    Router,

    /// <summary>It bridges: the terminals' router stands outside, and the gateway has an address of its own in their network.</summary>
    Bridge,
}
