using MediaSecurityLite.Enforcement.Effects;
using MediaSecurityLite.Enforcement.Queue;
using MediaSecurityLite.Inspection;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Enforcement;

/// <summary>
/// Inline: takes packets from the kernel's queue, has them inspected, and does what the verdict says before the packet goes on.
/// </summary>
/// <remarks>One thread turns it, the one that the inspector belongs to; other threads may read the counters.</remarks>
public sealed class Enforcer : IDisposable
{
    private readonly PacketQueue _queue;
    private readonly RawInjector _injector;
    private readonly Blocker _blocker;
    private readonly Inspector _inspector;
    private readonly TimeProvider _time;
    private long _blocked;

    private Enforcer(PacketQueue queue, RawInjector injector, EffectOptions effects, Inspector inspector, TimeProvider time)
    {
        _queue = queue;
        _injector = injector;
        _blocker = new Blocker(queue, injector, effects);
        _inspector = inspector;
        _time = time;
    }

    /// <summary>Packets of the last <see cref="Turn"/>, and their bytes.</summary>
    public (int Packets, long Bytes) LastTurn { get; private set; }

    /// <summary>Packets that did not pass.</summary>
    public long Blocked => Volatile.Read(ref _blocked);

    /// <summary>Times packets were lost because the socket's buffer was full.</summary>
    public long Overruns => _queue.Overruns;

    /// <summary>Packets that were to be inspected and could not be handed over.</summary>
    public long Missed => _queue.Missed;

    /// <summary>Answers that no route led to.</summary>
    public long Unanswered => _injector.Failed;

    /// <summary>Binds the queue. Packets come as soon as a rule sends some.</summary>
    /// <param name="options">The queue and the effects.</param>
    /// <param name="inspector">Made with <see cref="InspectorOptions.IsInline"/>.</param>
    /// <param name="time">The time that packets get.</param>
    /// <exception cref="EnforcementException">The kernel refuses the queue or the sockets for answers.</exception>
    public static Enforcer Open(InlineOptions options, Inspector inspector, TimeProvider time)
    {
        var queue = PacketQueue.Open(options.Queue);
        try
        {
            return new Enforcer(queue, new RawInjector(), options.Effects, inspector, time);
        }
        catch
        {
            queue.Dispose();
            throw;
        }
    }

    /// <summary>Takes the packets that wait, up to a batch, and decides about each. Returns without any after a short while.</summary>
    /// <exception cref="EnforcementException">The queue is broken.</exception>
    public void Turn()
    {
        var count = _queue.Receive();
        var now = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        if (count == 0)
        {
            _inspector.Advance(now);
        }

        var packets = 0;
        var bytes = 0L;
        for (var i = 0; i < count; i++)
        {
            if (_queue.TryGet(i, out var packet))
            {
                packets++;
                bytes += packet.Bytes.Length;
                Judge(packet, now);
            }
        }

        _queue.Send();
        LastTurn = (packets, bytes);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _injector.Dispose();
    }

    private void Judge(in QueuedPacket packet, long now)
    {
        var verdict = _inspector.Inspect(packet.At(now));
        if (verdict.Action == VerdictAction.Accept)
        {
            _queue.Decide(packet, verdict.IsDecided ? QueueVerdict.Pass : QueueVerdict.Continue);
            return;
        }

        _blocked++;
        _blocker.Block(packet, verdict.Detection!);
    }
}
