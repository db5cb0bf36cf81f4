namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>Why a message was put aside.</summary>
public enum DeadLetterReason
{
    /// <summary>No JSON, or not of the payload's shape.</summary>
    Malformed,

    /// <summary>Larger than a payload may be.</summary>
    TooLarge,

    /// <summary>The CloudEvents type is not the topic's.</summary>
    WrongType,

    /// <summary>The CloudEvents source is another gateway.</summary>
    ForeignSource,

    /// <summary>A field holds a value that it cannot hold.</summary>
    InvalidField,

    /// <summary>Published to a topic that we take nothing from.</summary>
    UnknownTopic,

    /// <summary>The database refuses it.</summary>
    NotStorable,
}
