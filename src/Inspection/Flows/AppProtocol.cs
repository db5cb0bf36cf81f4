namespace MediaSecurityLite.Inspection.Flows;

/// <summary>What a flow speaks, by its content.</summary>
public enum AppProtocol : byte
{
    /// <summary>Not decided yet.</summary>
    Unknown,

    /// <summary>Looked at and not recognised.</summary>
    Failed,

    /// <summary>DNS over UDP or TCP.</summary>
    Dns,

    /// <summary>TLS.</summary>
    Tls,

    /// <summary>HTTP/1.x.</summary>
    Http,
}
