using System.Text.Json.Serialization;

namespace MediaSecurityLite.Contracts;

/// <summary>What was detected.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DetectionKind>))]
public enum DetectionKind
{
    /// <summary>A terminal talked to a C&amp;C server.</summary>
    CommandAndControl,

    /// <summary>A URL on the customer's block list.</summary>
    Url,

    /// <summary>A blocked category.</summary>
    Category,

    /// <summary>A blocked application.</summary>
    Application,

    /// <summary>Malware passed, or a program that is malware talked.</summary>
    Malware,
}

/// <summary>What the box did about it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DetectionAction>))]
public enum DetectionAction
{
    /// <summary>Only reported: monitor mode, or the function is set to monitor.</summary>
    Detected,

    /// <summary>Stopped on the wire.</summary>
    Blocked,
}

/// <summary>A detector's finding on one terminal, as the centre is told. Repeats within a window are one event with a count.</summary>
public sealed record DetectionEvent
{
    /// <summary>What was detected.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required DetectionKind Kind { get; init; }

    /// <summary>What was done.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required DetectionAction Action { get; init; }

    /// <summary>Address of the terminal, IPv4 or IPv6 text.</summary>
    [Consent(ConsentItem.TerminalInformation)]
    public required string Terminal { get; init; }

    /// <summary>Hardware address of the terminal (<c>aa:bb:cc:dd:ee:ff</c>), where it was on the same link.</summary>
    [Consent(ConsentItem.TerminalInformation)]
    public string? TerminalMac { get; init; }

    /// <summary>
    /// Address of the other side, IPv4 or IPv6 text. Where <see cref="IsLookup"/> holds, this is the resolver that was asked,
    /// not the server that the name stands for.
    /// </summary>
    [Consent(ConsentItem.Communication)]
    public required string Remote { get; init; }

    /// <summary>Port of the other side.</summary>
    [Consent(ConsentItem.Communication)]
    public required int RemotePort { get; init; }

    /// <summary>The terminal only asked a resolver for <see cref="Host"/> (DNS); it was not yet seen to talk to that host.</summary>
    [Consent(ConsentItem.Communication)]
    public bool IsLookup { get; init; }

    /// <summary><c>TCP</c> or <c>UDP</c>.</summary>
    [Consent(ConsentItem.Communication)]
    public required string Protocol { get; init; }

    /// <summary>Host name that was asked for, where one was seen (DNS, TLS, HTTP).</summary>
    [Consent(ConsentItem.Communication)]
    public string? Host { get; init; }

    /// <summary>Path and query, only where a rule on URLs decided.</summary>
    [Consent(ConsentItem.Communication)]
    public string? Url { get; init; }

    /// <summary>Malware family, category or application id, in lower case; null where a customer's own rule decided.</summary>
    [Consent(ConsentItem.MalwareIncident)]
    public string? Name { get; init; }

    /// <summary>The entry that decided, as written: <c>evil.example</c>, <c>192.0.2.1:443</c>, <c>*.example/game/*</c>.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required string Rule { get; init; }

    /// <summary>Where the entry comes from: a feed's name or <c>policy</c>.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required string RuleSource { get; init; }

    /// <summary>Version of the pattern pack in force.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public string? PackVersion { get; init; }

    /// <summary>How often it was seen in the window that this event sums up; at least 1.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public long Count { get; init => field = value == 0 ? 1 : value; } = 1;

    /// <summary>The first sight in the window.</summary>
    [Consent(ConsentItem.Communication)]
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>The last sight in the window.</summary>
    [Consent(ConsentItem.Communication)]
    public required DateTimeOffset LastSeen { get; init; }
}
