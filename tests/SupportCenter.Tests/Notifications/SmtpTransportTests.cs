using System.Net;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MediaSecurityLite.SupportCenter.Notifications;
using MimeKit;

namespace MediaSecurityLite.SupportCenter.Tests.Notifications;

public sealed class SmtpTransportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandOver_ServerTakesIt_Returns()
    {
        using var server = new MailServer("250 taken");

        await server.Transport.HandOverAsync(Mail(), Token);

        var received = await server.Session.WaitAsync(Token);
        Assert.Contains("RCPT TO:<yamada@example.com>", received, StringComparison.Ordinal);
        Assert.Contains("Subject: hello", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandOver_ServerRefusesForGood_IsTold()
    {
        using var server = new MailServer("550 no");

        var fault = await Assert.ThrowsAsync<MailRefusedException>(() => server.Transport.HandOverAsync(Mail(), Token));

        Assert.DoesNotContain("yamada", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandOver_ServerIsBusy_MayBeTriedAgain()
    {
        using var server = new MailServer("451 later");

        await Assert.ThrowsAsync<SmtpCommandException>(() => server.Transport.HandOverAsync(Mail(), Token));
    }

    [Fact]
    public async Task HandOver_ServerWithoutStartTls_SendsNothingInClear()
    {
        using var server = new MailServer("250 taken", MailSecurity.StartTls);

        await Assert.ThrowsAsync<NotSupportedException>(() => server.Transport.HandOverAsync(Mail(), Token));
    }

    private static MimeMessage Mail()
    {
        var message = new MimeMessage { Subject = "hello", Body = new TextPart("plain") { Text = "text" } };
        message.From.Add(MailboxAddress.Parse("support@mslite.example"));
        message.To.Add(MailboxAddress.Parse("yamada@example.com"));
        return message;
    }

    /// <summary>A mail server for one session that answers the end of the message as told.</summary>
    private sealed class MailServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public MailServer(string answer, MailSecurity security = MailSecurity.None)
        {
            _listener.Start();
            Transport = new SmtpTransport(new MailOptions
            {
                SmtpHost = "127.0.0.1",
                SmtpPort = ((IPEndPoint)_listener.LocalEndpoint).Port,
                Security = security,
            });
            Session = ServeAsync(answer);
        }

        public SmtpTransport Transport { get; }

        public Task<string> Session { get; }

        public void Dispose() => _listener.Dispose();

        private async Task<string> ServeAsync(string answer)
        {
            using var client = await _listener.AcceptTcpClientAsync(Token);
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            var received = new System.Text.StringBuilder();
            var inMessage = false;
            await writer.WriteLineAsync("220 test");
            while (await reader.ReadLineAsync(Token) is { } line)
            {
                received.AppendLine(line);
                if (inMessage && line != ".")
                {
                    continue;
                }

                inMessage = line == "DATA";
                await writer.WriteLineAsync(line switch
                {
                    "DATA" => "354 go on",
                    "." => answer,
                    _ => "250 ok",
                });
                if (line == "QUIT")
                {
                    break;
                }
            }

            return received.ToString();
        }
    }
}
