using MediaSecurityLite.Gateway.Outbox;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MediaSecurityLite.Gateway.Tests.Outbox;

public sealed class OutboxServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TestEvents.Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TryPost_ManyEvents_AreOnDiskInOrderAndTheBooksBalance()
    {
        using var outbox = new EventOutbox();
        using var service = Service(outbox);
        await service.StartAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(outbox.TryPost(TestEvents.Make($"{i:0000}")));
        }

        await service.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i:0000}"), TestEvents.Rules(outbox.ReadMostUrgent(2000)));
        Assert.Equal(new OutboxCounts(Recovered: 0, Made: 1000, Delivered: 0, Dropped: 0, Queued: 1000), outbox.Counts);
        outbox.RemoveDelivered([.. outbox.ReadMostUrgent(10).Select(item => item.Id)]);
        outbox.RemoveRefused(outbox.ReadMostUrgent(1)[0].Id);
        Assert.Equal(new OutboxCounts(Recovered: 0, Made: 1000, Delivered: 10, Dropped: 1, Queued: 989), outbox.Counts);
    }

    [Fact]
    public void TryPost_QueueFull_DropsAndCountsWithoutWaiting()
    {
        using var outbox = new EventOutbox();
        for (var i = 0; i < EventOutbox.QueueCapacity; i++)
        {
            Assert.True(outbox.TryPost(TestEvents.Make("fits")));
        }

        Assert.False(outbox.TryPost(TestEvents.Make("too many")));
        Assert.Equal(
            new OutboxCounts(0, EventOutbox.QueueCapacity + 1, 0, Dropped: 1, Queued: EventOutbox.QueueCapacity), outbox.Counts);
    }

    [Fact]
    public async Task WriteGroup_DiskRefusesForAWhile_WritesOnceItAccepts()
    {
        using var outbox = new EventOutbox();
        var refused = new RefusalLog();
        using var service = Service(outbox, refused);
        await service.StartAsync(TestContext.Current.CancellationToken);

        // Another writer holds the file, which is to the outbox what a full disk is: the commit fails.
        await using (var connection = new SqliteConnection($"Data Source={_folder.File("outbox.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            OutboxFile.Execute(connection, "BEGIN IMMEDIATE");
            outbox.TryPost(TestEvents.Make("patient"));
            await refused.Seen.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.Equal(1, outbox.Counts.Queued);
            Assert.Empty(outbox.ReadMostUrgent(1));
            OutboxFile.Execute(connection, "ROLLBACK");
        }

        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["patient"], TestEvents.Rules(outbox.ReadMostUrgent(10)));
    }

    [Fact]
    public async Task WriteGroup_DiskFull_SurvivesAndWritesWhenThereIsRoom()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root to mount a small file system");
        var mount = _folder.File("small");
        Directory.CreateDirectory(mount);
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount);
        try
        {
            using var outbox = new EventOutbox();
            var refused = new RefusalLog();
            using var service = Service(outbox, refused, dataDirectory: mount);
            await service.StartAsync(TestContext.Current.CancellationToken);
            var ballast = Path.Combine(mount, "ballast");
            Fill(ballast);
            for (var i = 0; i < 500; i++)
            {
                outbox.TryPost(TestEvents.Make($"{i:000}"));
            }

            await refused.Seen.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            File.Delete(ballast);
            outbox.TryPost(TestEvents.Make("500"));
            await service.StopAsync(TestContext.Current.CancellationToken);

            var counts = outbox.Counts;
            Assert.Equal(501, counts.Made);
            Assert.Equal(counts.Recovered + counts.Made, counts.Delivered + counts.Dropped + counts.Queued);
            Assert.Contains("000", TestEvents.Rules(outbox.ReadMostUrgent(1000)));
        }
        finally
        {
            await RunAsync("umount", mount);
        }
    }

    private OutboxService Service(EventOutbox outbox, RefusalLog? log = null, string? dataDirectory = null)
    {
        var settings = TestSettings.Of(dataDirectory ?? _folder.Path);
        ILogger<OutboxService> logger = log is null ? NullLogger<OutboxService>.Instance : log;
        return new OutboxService(outbox, settings, _time, logger);
    }

    private static void Fill(string file)
    {
        using var stream = File.Create(file, bufferSize: 1);
        var block = new byte[4096];
        while (Record.Exception(() => stream.Write(block)) is null)
        {
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
