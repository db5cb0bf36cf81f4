namespace MediaSecurityLite.Gateway.Health;

/// <summary>What one look at the machine found.</summary>
internal sealed record DoctorFinding(string Subject, DoctorGrade Grade, string Text)
{
    public static DoctorFinding Good(string subject, string text) => new(subject, DoctorGrade.Good, text);

    public static DoctorFinding Warning(string subject, string text) => new(subject, DoctorGrade.Warning, text);

    public static DoctorFinding Missing(string subject, string text) => new(subject, DoctorGrade.Missing, text);
}

internal enum DoctorGrade
{
    Good,

    /// <summary>The agent runs, but somebody should look.</summary>
    Warning,

    /// <summary>The agent cannot do its work without it.</summary>
    Missing,
}
