using System.Numerics;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Flows;

/// <summary>How long an idle flow is kept, and in which order flows go when the table is full: lower first.</summary>
internal enum FlowClass : byte
{
    Closed,
    New,
    Datagram,
    Established,
}

/// <summary>Told when a flow leaves the table; the flow is recycled after the call.</summary>
internal interface IFlowOwner
{
    void FlowEnded(Flow flow, FlowEnd reason);
}

/// <summary>Why a flow left the table.</summary>
internal enum FlowEnd : byte
{
    /// <summary>Idle for longer than its class allows.</summary>
    Timeout,

    /// <summary>The table was full.</summary>
    Evicted,

    /// <summary>Its endpoints opened a new one.</summary>
    Reused,

    /// <summary>Its verdict stands, and its further packets are not shown.</summary>
    Decided,

    /// <summary>The inspector was told to finish.</summary>
    Shutdown,
}

/// <summary>
/// The flows that are open. Chained hash table whose flows are recycled; one list per <see cref="FlowClass"/>, ordered by last
/// activity, makes expiry and eviction a look at its head, whatever the number of flows.
/// </summary>
internal sealed class FlowTable
{
    /// <summary>A flow moves to its list's tail at most this often: saves most of the pointer traffic of busy flows, ends idle ones that much later.</summary>
    private const long RefreshNanoseconds = 1_000_000_000;

    private readonly IFlowOwner _owner;
    private readonly FlowOptions _options;
    private readonly FlowList[] _lists;
    private readonly long[] _timeouts;
    private Flow?[] _buckets = new Flow?[1024];
    private Flow? _free;
    private long _nextId = 1;
    private long _nextExpiry = long.MinValue;

    public FlowTable(FlowOptions options, IFlowOwner owner)
    {
        _options = options;
        _owner = owner;
        _timeouts =
        [
            options.ClosedTimeoutSeconds * 1_000_000_000L,
            options.NewTimeoutSeconds * 1_000_000_000L,
            options.DatagramTimeoutSeconds * 1_000_000_000L,
            options.EstablishedTimeoutSeconds * 1_000_000_000L,
        ];
        _lists = [.. _timeouts.Select(_ => new FlowList())];
    }

    public int Count { get; private set; }

    /// <summary>Flows opened so far.</summary>
    public long Opened => _nextId - 1;

    /// <summary>Flows given up because the table was full.</summary>
    public long Evicted { get; private set; }

    /// <summary>Finds the packet's flow or opens one.</summary>
    public Flow GetOrOpen(scoped in Packet packet, out Direction direction, out bool isNew)
    {
        var key = FlowKey.Of(packet, out var isFromLow);
        var hash = key.Hash(_options.HashSeed);
        for (var flow = _buckets[hash & (uint)(_buckets.Length - 1)]; flow is not null; flow = flow.NextInBucket)
        {
            if (flow.Hash == hash && flow.Key == key)
            {
                direction = flow.DirectionOf(isFromLow);
                isNew = false;
                return flow;
            }
        }

        direction = Direction.ToServer;
        isNew = true;
        return Open(packet, key, hash, isFromLow);
    }

    /// <summary>Ends a flow whose endpoints start anew, and opens the new one.</summary>
    public Flow Reopen(Flow ended, scoped in Packet packet)
    {
        var key = FlowKey.Of(packet, out var isFromLow);
        Close(ended, FlowEnd.Reused);
        return Open(packet, key, key.Hash(_options.HashSeed), isFromLow);
    }

    /// <summary>Ends a flow about which nothing more need be known.</summary>
    public void Forget(Flow flow) => Close(flow, FlowEnd.Decided);

    /// <summary>Notes that a flow was active, and in which class it is now.</summary>
    public void Touch(Flow flow, FlowClass now)
    {
        if (flow.Class == now && flow.LastSeen - flow.Listed < RefreshNanoseconds)
        {
            return;
        }

        _lists[(int)flow.Class].Remove(flow);
        Enlist(flow, now);
    }

    /// <summary>Ends flows that were idle too long. Cheap to call for every packet.</summary>
    /// <param name="now">Nanoseconds since 1970-01-01 UTC.</param>
    /// <param name="limit">How many at most; the rest waits for the next call, so that no packet pays for a whole flood.</param>
    public void Expire(long now, int limit)
    {
        if (now < _nextExpiry)
        {
            return;
        }

        for (var kind = 0; kind < _lists.Length; kind++)
        {
            var list = _lists[kind];
            while (list.Oldest is { } flow && now - flow.LastSeen > _timeouts[kind])
            {
                if (limit-- == 0)
                {
                    return;
                }

                Close(flow, FlowEnd.Timeout);
            }
        }

        _nextExpiry = now + RefreshNanoseconds;
    }

    /// <summary>Ends every flow, the oldest first.</summary>
    public void CloseAll()
    {
        var remaining = new List<Flow>(Count);
        foreach (var list in _lists)
        {
            for (var flow = list.Oldest; flow is not null; flow = flow.Newer)
            {
                remaining.Add(flow);
            }
        }

        remaining.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        foreach (var flow in remaining)
        {
            Close(flow, FlowEnd.Shutdown);
        }
    }

    private Flow Open(scoped in Packet packet, in FlowKey key, uint hash, bool isFromLow)
    {
        if (Count >= _options.MaxFlows)
        {
            EvictOne();
        }
        else if (Count >= _buckets.Length)
        {
            Grow();
        }

        var flow = _free ?? new Flow();
        _free = flow.NextInBucket;
        flow.Open(_nextId++, key, hash, packet, isFromLow);
        ref var bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        flow.NextInBucket = bucket;
        bucket = flow;
        Enlist(flow, FlowClass.New);
        Count++;
        return flow;
    }

    private void Enlist(Flow flow, FlowClass kind)
    {
        flow.Class = kind;
        flow.Listed = flow.LastSeen;
        _lists[(int)kind].Append(flow);
    }

    private void Close(Flow flow, FlowEnd reason)
    {
        _owner.FlowEnded(flow, reason);
        _lists[(int)flow.Class].Remove(flow);
        Unlink(flow);
        flow.NextInBucket = _free;
        _free = flow;
        Count--;
    }

    private void EvictOne()
    {
        foreach (var list in _lists)
        {
            if (list.Oldest is { } flow)
            {
                Evicted++;
                Close(flow, FlowEnd.Evicted);
                return;
            }
        }
    }

    private void Unlink(Flow flow)
    {
        ref var link = ref _buckets[flow.Hash & (uint)(_buckets.Length - 1)];
        while (link != flow)
        {
            link = ref link!.NextInBucket;
        }

        link = flow.NextInBucket;
    }

    private void Grow()
    {
        var larger = new Flow?[BitOperations.RoundUpToPowerOf2((uint)Math.Min(_buckets.Length * 2L, Math.Max(_options.MaxFlows, 1024)))];
        foreach (var head in _buckets)
        {
            for (var flow = head; flow is not null;)
            {
                var next = flow.NextInBucket;
                ref var bucket = ref larger[flow.Hash & (uint)(larger.Length - 1)];
                flow.NextInBucket = bucket;
                bucket = flow;
                flow = next;
            }
        }

        _buckets = larger;
    }

    /// <summary>Flows by last activity, the longest idle first; linked through the flows themselves.</summary>
    private sealed class FlowList
    {
        private Flow? _newest;

        public Flow? Oldest { get; private set; }

        public void Append(Flow flow)
        {
            flow.Older = _newest;
            flow.Newer = null;
            if (_newest is null)
            {
                Oldest = flow;
            }
            else
            {
                _newest.Newer = flow;
            }

            _newest = flow;
        }

        public void Remove(Flow flow)
        {
            if (flow.Older is null)
            {
                Oldest = flow.Newer;
            }
            else
            {
                flow.Older.Newer = flow.Newer;
            }

            if (flow.Newer is null)
            {
                _newest = flow.Older;
            }
            else
            {
                flow.Newer.Older = flow.Older;
            }
        }
    }
}
