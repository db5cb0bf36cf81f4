namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>What a mail tells.</summary>
internal enum MailKind
{
    /// <summary>A terminal talks to a C&amp;C server; it was not stopped.</summary>
    Detected,

    /// <summary>A terminal talks to a C&amp;C server; it was stopped.</summary>
    Blocked,

    /// <summary>A gateway fell silent.</summary>
    Offline,

    /// <summary>A silent gateway is back.</summary>
    Returned,
}
