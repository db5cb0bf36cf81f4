using System.Diagnostics.Metrics;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>What came in and what became of it.</summary>
internal sealed class IngestMetrics
{
    public const string MeterName = "MediaSecurityLite.SupportCenter.Ingest";

    private readonly Counter<long> _messages;
    private readonly Counter<long> _deadLetters;
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _batch;

    public IngestMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _messages = meter.CreateCounter<long>("mslcenter.ingest.messages", "{message}", "Messages taken in, by outcome");
        _deadLetters = meter.CreateCounter<long>("mslcenter.ingest.dead_letters", "{message}", "Messages put aside, by reason");
        _commit = meter.CreateHistogram<double>("mslcenter.ingest.commit.duration", "s", "Time to write and commit one batch");
        _batch = meter.CreateHistogram<int>("mslcenter.ingest.batch.size", "{message}", "Messages in one commit");
    }

    public void Taken(Arrival arrival, IngestOutcome outcome)
    {
        _messages.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        if (arrival is DeadArrival dead)
        {
            _deadLetters.Add(1, new KeyValuePair<string, object?>("reason", dead.Reason.ToString()));
        }
    }

    public void Committed(int messages, TimeSpan duration)
    {
        _batch.Record(messages);
        _commit.Record(duration.TotalSeconds);
    }
}
