namespace MediaSecurityLite.Gateway.Outbox;

/// <summary>In which order events leave the box; the value is stored, so it never changes its meaning.</summary>
internal enum Urgency : byte
{
    /// <summary>A human is waiting for it: a terminal talks to a C&amp;C server.</summary>
    Incident = 0,

    /// <summary>Something the customer will want to see: a blocked site or application.</summary>
    Notice = 1,

    /// <summary>Sums and figures.</summary>
    Statistics = 2,
}
