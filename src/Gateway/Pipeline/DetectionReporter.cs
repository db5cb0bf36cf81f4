using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Verdicts;
using DetectionKind = MediaSecurityLite.Inspection.Verdicts.DetectionKind;

namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>
/// Turns detections into events. The first sight goes out at once; repeats within the window are counted and go out as one
/// event at its end. At most <see cref="MaxWindows"/> windows are open: for a new one the oldest is closed early, its sum
/// goes out, and the early end is counted.
/// </summary>
/// <remarks>The packet thread reports, the timer closes; detections are rare, so a short lock costs nothing.</remarks>
internal sealed class DetectionReporter(EventOutbox outbox, GatewaySettings settings, TimeProvider time) : IDetectionSink
{
    public const int MaxWindows = 4096;

    private readonly Lock _lock = new(); // guards the two collections and the two counters
    private readonly Dictionary<RepeatKey, RepeatWindow> _open = [];
    private readonly Queue<RepeatWindow> _byEnd = new(); // windows are equally long: they end in the order they began
    private readonly long _window = (long)(settings.Detection.RepeatWindow.TotalSeconds * time.TimestampFrequency);
    private long _detections;
    private long _closedEarly;

    public long Detections => Interlocked.Read(ref _detections);

    public long ClosedEarly => Interlocked.Read(ref _closedEarly);

    public void OnDetection(Detection detection)
    {
        lock (_lock)
        {
            _detections++;
            CloseEnded();
            var key = RepeatKey.Of(detection);
            if (_open.TryGetValue(key, out var window))
            {
                window.Add(detection);
                return;
            }

            if (_open.Count == MaxWindows)
            {
                _closedEarly++;
                CloseOldest();
            }

            window = new RepeatWindow(key, time.GetTimestamp() + _window);
            _open.Add(key, window);
            _byEnd.Enqueue(window);
        }

        Post(detection, detection.Timestamp, count: 1, FirstSight(detection.Kind));
    }

    /// <summary>Sends the sums of the windows that have ended.</summary>
    public void CloseEndedWindows()
    {
        lock (_lock)
        {
            CloseEnded();
        }
    }

    /// <summary>Sends all sums: the agent stops.</summary>
    public void CloseAllWindows()
    {
        lock (_lock)
        {
            while (_byEnd.Count > 0)
            {
                CloseOldest();
            }
        }
    }

    private void CloseEnded()
    {
        var now = time.GetTimestamp();
        while (_byEnd.TryPeek(out var oldest) && oldest.EndsAt <= now)
        {
            CloseOldest();
        }
    }

    private void CloseOldest()
    {
        var window = _byEnd.Dequeue();
        _open.Remove(window.Key);
        if (window.Newest is { } newest)
        {
            Post(newest, window.FirstRepeat, window.Repeats, Urgency.Statistics);
        }
    }

    private void Post(Detection detection, long firstSeen, long count, Urgency urgency) =>
        outbox.TryPost(new OutboundEvent<DetectionEvent>(
            EventTypes.Detection,
            urgency,
            DetectionMapping.TimeOf(detection.Timestamp),
            DetectionMapping.ToEvent(detection, firstSeen, count),
            ContractsJson.Default.CloudEventDetectionEvent));

    private static Urgency FirstSight(DetectionKind kind) =>
        kind is DetectionKind.CommandAndControl or DetectionKind.Malware ? Urgency.Incident : Urgency.Notice;
}
