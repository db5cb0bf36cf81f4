namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>A mail before it has a form: plain texts only, so that each form escapes them in one place.</summary>
internal sealed record MailContent
{
    public required string Subject { get; init; }

    public required string Greeting { get; init; }

    public required string Heading { get; init; }

    /// <summary>What happened, in one or two sentences.</summary>
    public required string Lead { get; init; }

    public required IReadOnlyList<(string Label, string Value)> Facts { get; init; }

    public required string DoneHeading { get; init; }

    /// <summary>What was done automatically.</summary>
    public required string Done { get; init; }

    public required string StepsHeading { get; init; }

    /// <summary>What to do now.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    public required string ContactHeading { get; init; }

    public required IReadOnlyList<string> Contact { get; init; }

    public required string Footer { get; init; }

    public required MailTone Tone { get; init; }
}
