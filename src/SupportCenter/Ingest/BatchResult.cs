namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>A committed batch: an outcome per arrival, in their order.</summary>
internal sealed record BatchResult(IReadOnlyList<IngestOutcome> Outcomes, bool MailsQueued);
