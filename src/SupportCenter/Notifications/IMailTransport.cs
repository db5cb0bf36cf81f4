using MimeKit;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>The way a mail leaves the centre.</summary>
internal interface IMailTransport
{
    /// <summary>What logs call it.</summary>
    string Name { get; }

    /// <summary>Hands a mail over; returns when the other side has taken responsibility for it.</summary>
    /// <exception cref="MailRefusedException">The mail was refused for good.</exception>
    Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken);
}
