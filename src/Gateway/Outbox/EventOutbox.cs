using System.Threading.Channels;

namespace MediaSecurityLite.Gateway.Outbox;

/// <summary>
/// The public door of the outbox. Whoever has an event calls <see cref="TryPost"/>, which never waits: events pass a
/// bounded queue to the writer (<see cref="OutboxService"/>), which commits them in groups. The cloud session reads them
/// back in order of urgency and removes them once the broker has acknowledged.
/// </summary>
internal sealed class EventOutbox : IDisposable
{
    /// <summary>Events between the packet path and the disk. Full means the disk is stuck: the new event is dropped and counted.</summary>
    public const int QueueCapacity = 4096;

    private readonly Channel<OutboundEvent> _queue = Channel.CreateBounded<OutboundEvent>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true });

    // Holds at most one "look again" for the sender, however many commits it stands for.
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private volatile OutboxStore? _store;
    private long _made;
    private long _turnedAway;
    private long _refused;

    public ChannelReader<OutboundEvent> Queue => _queue.Reader;

    public OutboxCounts Counts
    {
        get
        {
            var store = _store;
            var (rows, appended, evicted, removed) = store?.Counts ?? default;
            var (turnedAway, refused) = (Interlocked.Read(ref _turnedAway), Interlocked.Read(ref _refused));
            var made = Interlocked.Read(ref _made);
            return new OutboxCounts(
                Recovered: store?.Recovered ?? 0,
                Made: made,
                Delivered: removed - refused,
                Dropped: turnedAway + evicted + refused,
                Queued: rows + made - turnedAway - appended);
        }
    }

    /// <summary>Hands an event over without waiting.</summary>
    /// <returns>False if it was dropped because the queue to the disk is full.</returns>
    public bool TryPost(OutboundEvent item)
    {
        Interlocked.Increment(ref _made);
        if (_queue.Writer.TryWrite(item))
        {
            return true;
        }

        Interlocked.Increment(ref _turnedAway);
        return false;
    }

    /// <summary>The most urgent events on disk; none as long as the disk cannot be used.</summary>
    public IReadOnlyList<StoredEvent> ReadMostUrgent(int limit) => _store?.ReadMostUrgent(limit) ?? [];

    /// <summary>The broker has taken responsibility for these.</summary>
    public void RemoveDelivered(IReadOnlyCollection<string> ids) => _store?.Remove(ids);

    /// <summary>The broker will never take this one; it counts as dropped.</summary>
    public void RemoveRefused(string id)
    {
        if (_store?.Remove([id]) == 1)
        {
            Interlocked.Increment(ref _refused);
        }
    }

    /// <summary>Completes when events were committed since the last call.</summary>
    public async Task WaitForNewsAsync(CancellationToken cancellationToken) => await _news.Reader.ReadAsync(cancellationToken);

    /// <summary>The writer found the file usable.</summary>
    public void Attach(OutboxStore store)
    {
        _store = store;
        _news.Writer.TryWrite(true);
    }

    /// <summary>The writer has committed a group.</summary>
    public void AnnounceCommit() => _news.Writer.TryWrite(true);

    public void Dispose() => _store?.Dispose();
}
