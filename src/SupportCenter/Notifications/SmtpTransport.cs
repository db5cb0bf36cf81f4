using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>Hands mails to a mail server.</summary>
internal sealed class SmtpTransport(MailOptions options) : IMailTransport
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    // RFC 5321, 4.2.1: 5yz is a permanent refusal.
    private const int FirstPermanentCode = 500;

    public string Name => "smtp";

    public async Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = (int)Timeout.TotalMilliseconds };
        await client.ConnectAsync(options.SmtpHost!, options.SmtpPort, SecurityOf(options.Security), cancellationToken);
        if (options.UserName is { } userName)
        {
            // Read anew each time, so that a changed password needs no restart.
            var password = (await File.ReadAllTextAsync(options.PasswordFile!, cancellationToken)).Trim();
            await client.AuthenticateAsync(userName, password, cancellationToken);
        }

        try
        {
            await client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException exception) when ((int)exception.StatusCode >= FirstPermanentCode)
        {
            throw new MailRefusedException((int)exception.StatusCode, exception);
        }

        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    private static SecureSocketOptions SecurityOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
