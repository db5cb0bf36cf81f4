using System.Text.Json.Serialization;

namespace MediaSecurityLite.Contracts;

/// <summary>How far a pattern pack got on a box.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PatternsStep>))]
public enum PatternsStep
{
    /// <summary>The box learnt of it and takes part.</summary>
    Announced,

    /// <summary>All of its sections are on the box.</summary>
    Downloaded,

    /// <summary>Root, signer, signature, sections, version and time are as they should be.</summary>
    Verified,

    /// <summary>It opens, finds what it holds, finds nothing else and spares what must never be blocked.</summary>
    SelfTested,

    /// <summary>What it would newly block of the last day's traffic lies within the bounds.</summary>
    BackTested,

    /// <summary>It is in force.</summary>
    Installed,

    /// <summary>It has been in force for the time of probation, and stays.</summary>
    Confirmed,

    /// <summary>It did not come into force.</summary>
    Refused,

    /// <summary>It was in force and gave way to its predecessor.</summary>
    RolledBack,

    /// <summary>The pack in force is past its time and no newer one came; it stays in force.</summary>
    Stale,
}

/// <summary>What happened to a pattern pack on the box.</summary>
public sealed record PatternsEvent
{
    /// <summary>The pack's name.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public required string Pack { get; init; }

    /// <summary>The version in force before; null where there was none.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public string? FromVersion { get; init; }

    /// <summary>The version that this is about; empty where none could be read.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public required string ToVersion { get; init; }

    /// <summary>How far it got.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public required PatternsStep Step { get; init; }

    /// <summary>Why it was refused, rolled back or is stale, for programs: <c>rollback</c>, <c>wrong-key</c>, <c>disk-full</c>, …</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public string? ReasonCode { get; init; }

    /// <summary>The same for people.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public string? Reason { get; init; }

    /// <summary>Names, addresses and URLs of the last day's traffic that it would newly block; from the back-test on.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public int? NewlyBlockedNames { get; init; }

    /// <summary>Terminals that this would concern; from the back-test on.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public int? Terminals { get; init; }

    /// <summary>Bytes fetched for it; from the download on.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public long? BytesTransferred { get; init; }
}
