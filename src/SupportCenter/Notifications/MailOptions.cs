namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>How mails leave the centre.</summary>
internal sealed class MailOptions
{
    /// <summary>The sender.</summary>
    public string From { get; set; } = "support@localhost";

    /// <summary>The mail server; null: mails are written to <see cref="PickupDirectory"/>.</summary>
    public string? SmtpHost { get; set; }

    public int SmtpPort { get; set; } = 587;

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>The account at the mail server; null: none is used.</summary>
    public string? UserName { get; set; }

    /// <summary>File that holds the account's password, so that it stands in no setting or environment.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Where <c>*.eml</c> files go without a mail server; null: <c>pickup</c> in the data directory.</summary>
    public string? PickupDirectory { get; set; }

    public IEnumerable<string> Validate()
    {
        if (!MailAddress.IsValid(From))
        {
            yield return $"Mail:From must be a mail address, not '{From}'";
        }

        if (SmtpHost is not null && Uri.CheckHostName(SmtpHost) == UriHostNameType.Unknown)
        {
            yield return $"Mail:SmtpHost must be a host name or an IP address, not '{SmtpHost}'";
        }

        if (SmtpPort is < 1 or > 65535)
        {
            yield return $"Mail:SmtpPort must be 1 to 65535, not {SmtpPort}";
        }

        if (!Enum.IsDefined(Security))
        {
            yield return $"Mail:Security must be StartTls, Tls or None, not {Security}";
        }

        if (UserName is not null && Security == MailSecurity.None)
        {
            yield return "Mail:Security must not be None with Mail:UserName: the password would travel in clear";
        }

        if ((UserName is null) != (PasswordFile is null))
        {
            yield return "Mail:UserName and Mail:PasswordFile must be set together";
        }

        if (PasswordFile is not null && !File.Exists(PasswordFile))
        {
            yield return $"Mail:PasswordFile: {PasswordFile} does not exist";
        }

        if (PickupDirectory is not null && !Path.IsPathFullyQualified(PickupDirectory))
        {
            yield return $"Mail:PickupDirectory must be an absolute path, not '{PickupDirectory}'";
        }
    }
}
