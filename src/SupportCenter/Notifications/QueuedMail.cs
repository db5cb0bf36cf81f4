using MediaSecurityLite.SupportCenter.Incidents;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>A mail, written in the same transaction as what it tells of, so that neither exists without the other.</summary>
internal sealed class QueuedMail
{
    /// <summary>Also the mail's message id, so that a mail handed over twice can be recognised.</summary>
    public required Guid Id { get; init; }

    public long IncidentId { get; init; }

    public Incident? Incident { get; init; }

    public required MailKind Kind { get; init; }

    public required string Recipient { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When to try next; null: sent or given up.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public int Attempts { get; set; }
}
