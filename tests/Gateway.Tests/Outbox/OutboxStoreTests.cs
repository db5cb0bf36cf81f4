using MediaSecurityLite.Gateway.Outbox;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MediaSecurityLite.Gateway.Tests.Outbox;

public sealed class OutboxStoreTests : IDisposable
{
    private const long Room = 1 << 20;

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("outbox.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadMostUrgent_MixedEvents_GivesUrgencyThenAge()
    {
        using var store = Open();
        store.Append([TestEvents.Make("s1", Urgency.Statistics), TestEvents.Make("n1"), TestEvents.Make("i1", Urgency.Incident)]);
        store.Append([TestEvents.Make("i2", Urgency.Incident), TestEvents.Make("n2")]);

        Assert.Equal(["i1", "i2", "n1", "n2", "s1"], TestEvents.Rules(store.ReadMostUrgent(10)));
        Assert.Equal(["i1", "i2"], TestEvents.Rules(store.ReadMostUrgent(2)));
    }

    [Fact]
    public void Append_Event_WritesACloudEventWithAnIdOfVersion7()
    {
        using var store = Open();
        store.Append([TestEvents.Make("a")]);

        var stored = Assert.Single(store.ReadMostUrgent(1));
        var cloudEvent = TestEvents.Read(stored.Payload);
        Assert.Equal(7, cloudEvent.Id.Version);
        Assert.Equal(stored.Id, cloudEvent.Id.ToString());
        Assert.Equal("/gateways/test-gateway", cloudEvent.Source);
        Assert.Equal("jp.mslite.gateway.detection", cloudEvent.Type);
        Assert.Equal(TestEvents.Start, cloudEvent.Time);
    }

    [Fact]
    public void Open_AfterAbandonWithoutClose_HasEveryAppendedEvent()
    {
        // The first store is never closed: its files are copied as a power cut would leave them.
        using var abandoned = Open();
        abandoned.Append([TestEvents.Make("a"), TestEvents.Make("b")]);
        using var other = new TemporaryFolder();
        foreach (var suffix in (string[])["", "-wal"])
        {
            File.Copy(Database + suffix, other.File("outbox.db") + suffix);
        }

        using var reopened = Open(path: other.File("outbox.db"));

        Assert.Equal(2, reopened.Recovered);
        Assert.Equal(["a", "b"], TestEvents.Rules(reopened.ReadMostUrgent(10)));
    }

    [Fact]
    public void Remove_Delivered_IsForgottenAlsoAfterReopen()
    {
        using (var store = Open())
        {
            store.Append([TestEvents.Make("a"), TestEvents.Make("b")]);
            Assert.Equal(1, store.Remove([store.ReadMostUrgent(1)[0].Id]));
            Assert.Equal(0, store.Remove(["no such id"]));
        }

        using var reopened = Open();
        Assert.Equal(["b"], TestEvents.Rules(reopened.ReadMostUrgent(10)));
    }

    [Fact]
    public void Append_BeyondTheBound_DropsTheOldestOfTheLeastUrgent()
    {
        using var store = Open(maxBytes: 64 << 10);
        store.Append([TestEvents.Make("incident", Urgency.Incident), TestEvents.Make("statistics 0", Urgency.Statistics)]);
        for (var i = 0; i < 200; i++)
        {
            store.Append([TestEvents.Make($"notice {i:000}")]);
        }

        var rules = TestEvents.Rules(store.ReadMostUrgent(1000));
        Assert.Equal("incident", rules[0]);
        Assert.DoesNotContain("statistics 0", rules);
        Assert.Equal("notice 199", rules[^1]);
        Assert.Equal(rules.Skip(1).Order(StringComparer.Ordinal), rules.Skip(1));
        Assert.True(store.Counts.Evicted > 0);
        Assert.Equal(202, store.Counts.Rows + store.Counts.Evicted);
        Assert.Equal(store.Counts.Rows, rules.Count);
    }

    [Fact]
    public void Open_NotADatabase_StartsAnewAndKeepsTheFile()
    {
        File.WriteAllText(Database, "this was never a database, whatever its name says; it is just long enough to have a header");

        using var store = Open();
        store.Append([TestEvents.Make("a")]);

        Assert.Equal(0, store.Recovered);
        Assert.Equal(1, store.Counts.Rows);
        Assert.StartsWith("this was never", File.ReadAllText(Database + ".damaged"), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DamagedPages_SavesTheReadableEvents()
    {
        const int Events = 300;
        using (var store = Open())
        {
            store.Append([.. Enumerable.Range(0, Events).Select(i => TestEvents.Make($"rule {i:000}"))]);
        }

        Damage(Database, page: Pages(Database) / 2);
        using var reopened = Open();

        var rules = TestEvents.Rules(reopened.ReadMostUrgent(Events));
        Assert.True(File.Exists(Database + ".damaged"));
        Assert.InRange(reopened.Recovered, Events / 2, Events - 1);
        Assert.Equal(reopened.Recovered, rules.Count);
        Assert.Equal(rules.Distinct().Order(StringComparer.Ordinal), rules);
        Assert.Contains("rule 000", rules);
        Assert.Contains($"rule {Events - 1:000}", rules);
    }

    [Fact]
    public void Append_FileDamagedWhileOpen_GoesOnWithANewFile()
    {
        using var store = Open();
        store.Append([.. Enumerable.Range(0, 300).Select(i => TestEvents.Make($"rule {i:000}"))]);
        Checkpoint(Database);
        for (var page = 2L; page <= Pages(Database); page++)
        {
            Damage(Database, page);
        }

        // The cache may still hold sound pages: it takes as many appends as it takes until the damage is met.
        SqliteException? met = null;
        for (var i = 0; i < 1000 && met is null; i++)
        {
            met = Record.Exception(() => store.Append([TestEvents.Make("after")])) as SqliteException
                ?? Record.Exception(() => store.ReadMostUrgent(1000)) as SqliteException;
        }

        Assert.NotNull(met);
        store.Append([TestEvents.Make("new")]);
        Assert.Contains("new", TestEvents.Rules(store.ReadMostUrgent(1000)));
        Assert.Equal(store.Counts.Appended, store.Counts.Rows + store.Counts.Evicted + store.Counts.Removed);
    }

    private OutboxStore Open(long maxBytes = Room, string? path = null) => OutboxStore.Open(
        path ?? Database, maxBytes, TestEvents.Gateway, new FakeTimeProvider(TestEvents.Start), NullLogger.Instance);

    private static long Pages(string file) => new FileInfo(file).Length / 4096;

    private static void Damage(string file, long page)
    {
        using var stream = File.OpenWrite(file);
        stream.Position = (page - 1) * 4096;
        stream.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
    }

    private static void Checkpoint(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        OutboxFile.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
