namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>How the way to the mail server is protected.</summary>
internal enum MailSecurity
{
    /// <summary>STARTTLS, required.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>Unprotected; only without a password.</summary>
    None,
}
