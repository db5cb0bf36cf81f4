using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MediaSecurityLite.Gateway.Outbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace MediaSecurityLite.Gateway.Tests.Outbox;

public sealed class OutboxStoreProperties
{
    /// <summary>
    /// Whatever is appended, sent, and reopened in whatever order: the books balance, the bound holds, the order of sending
    /// is urgency then age, and only the least urgent were given up while more urgent ones stayed.
    /// </summary>
    [Property(MaxTest = 30)]
    public Property AnyHistory_BooksBalanceAndOrderHolds() => Prop.ForAll(Histories(), history =>
    {
        const long MaxBytes = 64 << 10;
        using var folder = new TemporaryFolder();
        var store = Open(folder, MaxBytes);
        try
        {
            var number = 0;
            var (made, delivered, dropped) = (0L, 0L, 0L);
            foreach (var step in history)
            {
                switch (step)
                {
                    case < 0:
                        dropped += store.Counts.Evicted;
                        store.Dispose();
                        store = Open(folder, MaxBytes);
                        break;
                    case 0:
                        delivered += store.Remove([.. store.ReadMostUrgent(7).Select(item => item.Id)]);
                        break;
                    default:
                        store.Append([.. Enumerable.Range(0, step).Select(_ => TestEvents.Make($"{number++:00000}", (Urgency)(number % 3)))]);
                        made += step;
                        break;
                }

                var waiting = store.ReadMostUrgent(10_000);
                Assert.Equal(made, delivered + dropped + store.Counts.Evicted + waiting.Count);
                Assert.Equal(waiting.Count, store.Counts.Rows);
                Assert.True(waiting.Sum(item => item.Payload.Length) <= MaxBytes);
                var keys = waiting.Select(item => TestEvents.Read(item.Payload).Data.Rule).Select(UrgencyThenAge).ToList();
                Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
            }
        }
        finally
        {
            store.Dispose();
        }
    });

    private static string UrgencyThenAge(string rule) => $"{(int.Parse(rule, System.Globalization.CultureInfo.InvariantCulture) + 1) % 3} {rule}";

    /// <summary>Steps: below 0 reopen, 0 send a group, above append so many.</summary>
    private static Arbitrary<int[]> Histories() => Gen.Choose(-1, 40).ArrayOf(12).ToArbitrary();

    private static OutboxStore Open(TemporaryFolder folder, long maxBytes) => OutboxStore.Open(
        folder.File("outbox.db"), maxBytes, TestEvents.Gateway, TimeProvider.System, NullLogger.Instance);
}
