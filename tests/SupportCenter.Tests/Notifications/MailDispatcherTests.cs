using MediaSecurityLite.SupportCenter.Notifications;
using MimeKit;

namespace MediaSecurityLite.SupportCenter.Tests.Notifications;

public sealed class MailDispatcherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispatch_WorkingTransport_HandsOverOnce()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        await desk.Start().DetectAsync("gw-1", Messages.Detection());
        var transport = new ScriptedTransport();
        using var dispatcher = desk.Dispatcher(transport);

        await dispatcher.DispatchAsync(Token);
        await dispatcher.DispatchAsync(Token);

        var message = Assert.Single(transport.Taken);
        Assert.Equal("yamada@example.com", message.To.Mailboxes.Single().Address);
        var mail = Assert.Single(await desk.MailsAsync());
        Assert.Equal((desk.Time.GetUtcNow(), null), (mail.SentAt, mail.DueAt));
    }

    [Fact]
    public async Task Dispatch_FaultThatPasses_IsRetriedOnTheSpot()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        await desk.Start().DetectAsync("gw-1", Messages.Detection());
        var transport = new ScriptedTransport(new IOException("broken pipe"));
        using var dispatcher = desk.Dispatcher(transport);

        await dispatcher.DispatchAsync(Token);

        Assert.Single(transport.Taken);
    }

    [Fact]
    public async Task Dispatch_LongerFault_IsPutOffEverLongerThenSent()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        await desk.Start().DetectAsync("gw-1", Messages.Detection());
        var transport = new ScriptedTransport([.. Enumerable.Repeat(new IOException("no route"), 6)]);
        using var dispatcher = desk.Dispatcher(transport);

        await dispatcher.DispatchAsync(Token);
        var first = Assert.Single(await desk.MailsAsync());
        Assert.Equal((1, desk.Time.GetUtcNow().AddMinutes(1)), (first.Attempts, first.DueAt));

        await dispatcher.DispatchAsync(Token);
        Assert.Equal(3, transport.Calls);

        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await dispatcher.DispatchAsync(Token);
        Assert.Equal(desk.Time.GetUtcNow().AddMinutes(2), Assert.Single(await desk.MailsAsync()).DueAt);

        desk.Time.Advance(TimeSpan.FromMinutes(2));
        await dispatcher.DispatchAsync(Token);
        Assert.Single(transport.Taken);
        Assert.NotNull(Assert.Single(await desk.MailsAsync()).SentAt);
    }

    [Fact]
    public async Task Dispatch_RefusedForGood_IsGivenUpAndTheNextIsSent()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();
        await shift.DetectAsync("gw-1", Messages.Detection());
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await shift.DetectAsync("gw-1", Messages.Detection(name: "qakbot"));
        var transport = new ScriptedTransport(new MailRefusedException(550, new IOException()));
        using var dispatcher = desk.Dispatcher(transport);

        await dispatcher.DispatchAsync(Token);

        Assert.Equal([true, false], (await desk.MailsAsync()).Select(mail => mail is { SentAt: null, DueAt: null }));
        Assert.Single(transport.Taken);
    }

    [Fact]
    public async Task Dispatch_StillFailingAfterThreeDays_IsGivenUp()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        await desk.Start().DetectAsync("gw-1", Messages.Detection());
        desk.Time.Advance(TimeSpan.FromDays(3));
        using var dispatcher = desk.Dispatcher(new ScriptedTransport([.. Enumerable.Repeat(new IOException("down"), 3)]));

        await dispatcher.DispatchAsync(Token);

        Assert.True(Assert.Single(await desk.MailsAsync()) is { SentAt: null, DueAt: null });
    }

    [Fact]
    public async Task Dispatch_WhileEventsAreWritten_SendsEachMailOnce()
    {
        const int incidents = 60;
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();
        var transport = new ScriptedTransport();
        using var dispatcher = desk.Dispatcher(transport);
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < incidents; i++)
                {
                    await shift.DetectAsync("gw-1", Messages.Detection(name: $"family-{i}"));
                }
            },
            Token);

        while (!writing.IsCompleted)
        {
            await dispatcher.DispatchAsync(Token);
        }

        await writing;
        while (await dispatcher.DispatchAsync(Token))
        {
            Assert.True(transport.Calls <= incidents);
        }

        Assert.Equal(incidents, transport.Taken.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(incidents, transport.Calls);
    }

    [Fact]
    public async Task Pickup_Mail_IsAWholeFileOfItsOwner()
    {
        using var folder = new TemporaryFolder();
        await using var desk = await Desk.OpenAsync("gw-1");
        await desk.Start().DetectAsync("gw-1", Messages.Detection());
        using var dispatcher = desk.Dispatcher(new PickupTransport(folder["pickup"]));

        await dispatcher.DispatchAsync(Token);

        var file = Assert.Single(Directory.GetFiles(folder["pickup"]));
        Assert.EndsWith(".eml", file, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var message = await MimeMessage.LoadAsync(file, Token);
        Assert.Contains("192.168.1.23", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("192.168.1.23", message.HtmlBody, StringComparison.Ordinal);
    }

    /// <summary>Fails as told, then takes every mail.</summary>
    private sealed class ScriptedTransport(params Exception[] faults) : IMailTransport
    {
        private readonly Queue<Exception> _faults = new(faults);

        public string Name => "script";

        public List<MimeMessage> Taken { get; } = [];

        public int Calls { get; private set; }

        public Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            Calls++;
            if (_faults.TryDequeue(out var fault))
            {
                return Task.FromException(fault);
            }

            Taken.Add(message);
            return Task.CompletedTask;
        }
    }
}
