using System.Buffers;
using System.Threading.Channels;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>
/// Where messages enter, from whatever broker. Senders wait for the commit, so the queue holds at most one message per
/// connection; where it is full they wait here, and so does the wire.
/// </summary>
internal sealed class IngestGate(IngestMetrics metrics)
{
    private const int Capacity = 4096;

    private readonly Channel<Arrival> _queue = Channel.CreateBounded<Arrival>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<Arrival> Arrivals => _queue.Reader;

    /// <summary>Takes a message in; returns after its commit.</summary>
    public Task<IngestOutcome> AcceptAsync(GatewayId gateway, string topic, ReadOnlySequence<byte> payload, CancellationToken cancellationToken) =>
        AcceptAsync(MessageReader.Read(gateway, topic, payload), cancellationToken);

    /// <summary>Notes that the gateway's session began or ended.</summary>
    public Task<IngestOutcome> AcceptSessionAsync(GatewayId gateway, bool online, CancellationToken cancellationToken) =>
        AcceptAsync(new PresenceArrival(gateway, online), cancellationToken);

    /// <summary>No more messages; those waiting are still written.</summary>
    public void Close() => _queue.Writer.TryComplete();

    private async Task<IngestOutcome> AcceptAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(arrival, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return IngestOutcome.Unavailable;
        }

        var outcome = await arrival.Outcome.WaitAsync(cancellationToken);
        metrics.Taken(arrival, outcome);
        return outcome;
    }
}
