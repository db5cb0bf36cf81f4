using System.Resources;
using MediaSecurityLite.SupportCenter.Language;
using MimeKit;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>A queued mail as a MIME message: the same id, date and content however often it is made.</summary>
internal static class MailMessage
{
    private static readonly ResourceManager Resources = new("MediaSecurityLite.SupportCenter.Notifications.MailText", typeof(MailMessage).Assembly);

    public static MimeMessage Of(QueuedMail mail, string from, string language)
    {
        var sender = new Texts(Resources, Languages.Of(language))["Footer"];
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id:N}@{from[(from.LastIndexOf('@') + 1)..]}",
            Date = mail.CreatedAt.ToOffset(TimeSpan.FromHours(9)),
            Subject = mail.Subject,
            Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(sender, from));
        message.To.Add(new MailboxAddress(null, mail.Recipient));

        // RFC 3834: keeps out-of-office answers away from the sender.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
