namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>How urgent a mail looks.</summary>
internal enum MailTone
{
    /// <summary>Act now.</summary>
    Urgent,

    /// <summary>Look at it soon.</summary>
    Warning,

    /// <summary>All is well again.</summary>
    Good,
}
