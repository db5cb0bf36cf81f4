namespace MediaSecurityLite.Inspection.Flows;

/// <summary>Which way a packet of a flow goes.</summary>
public enum Direction : byte
{
    /// <summary>From the side that opened the flow.</summary>
    ToServer,

    /// <summary>To the side that opened the flow.</summary>
    ToClient,
}
