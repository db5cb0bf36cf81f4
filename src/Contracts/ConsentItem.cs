namespace MediaSecurityLite.Contracts;

/// <summary>The nine kinds of information that may leave the box, as the customer consented to them.</summary>
public enum ConsentItem
{
    /// <summary>Terminal information: operating system, addresses, name.</summary>
    TerminalInformation,

    /// <summary>Web and mail communication: URL, source and destination address, time.</summary>
    Communication,

    /// <summary>Malware incidents.</summary>
    MalwareIncident,

    /// <summary>Spam and phishing incidents.</summary>
    SpamIncident,

    /// <summary>Outbreak state.</summary>
    OutbreakState,

    /// <summary>Licence and update status.</summary>
    LicenceAndUpdate,

    /// <summary>Key security indicators.</summary>
    SecurityIndicator,

    /// <summary>The box's location.</summary>
    Location,

    /// <summary>Other facts needed to trace an infection.</summary>
    InfectionTracing,
}

/// <summary>Says which consent item covers a field that leaves the box. A test fails on a field without one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConsentAttribute(ConsentItem item) : Attribute
{
    /// <summary>The item.</summary>
    public ConsentItem Item { get; } = item;
}
