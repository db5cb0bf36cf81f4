namespace MediaSecurityLite.Gateway.Settings;

/// <summary>Where the box stands in the customer's network.</summary>
internal enum GatewayMode
{
    /// <summary>Beside the line, at a mirror port: detects, never blocks.</summary>
    Monitor,

    /// <summary>In the line, as the router of the terminals.</summary>
    Router,

    /// <summary>In the line, as a bridge that nobody sees.</summary>
    Bridge,
}
