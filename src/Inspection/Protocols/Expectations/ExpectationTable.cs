using System.Diagnostics.CodeAnalysis;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Expectations;

/// <summary>
/// The flows that others have announced: FTP its data connections, TFTP its transfers. Only the two hosts of the announcing
/// flow can be named, so that nobody can make the engine misread the flows of others. Bounded: the oldest announcement goes first.
/// </summary>
internal sealed class ExpectationTable
{
    /// <summary>Announcements held at once; each is as large as its names.</summary>
    public const int MaxCount = 4096;

    /// <summary>A client that was told a port connects at once; the command that uses it may come later.</summary>
    public const long LifetimeNanoseconds = 120_000_000_000;

    private readonly Dictionary<ExpectedFlow, Expectation> _byFlow = [];
    private readonly Queue<Expectation> _byAge = new();
    private readonly Stack<Expectation> _free = new();

    /// <summary>Announcements that no flow has met yet.</summary>
    public int Count => _byFlow.Count;

    /// <summary>Announces a flow; the caller says what it will carry.</summary>
    public Expectation Add(in ExpectedFlow flow, AppProtocol protocol, long now)
    {
        while (_byAge.TryPeek(out var oldest) && (_byAge.Count >= MaxCount || oldest.Deadline < now || !IsHeld(oldest)))
        {
            _byAge.Dequeue();
            if (IsHeld(oldest))
            {
                _byFlow.Remove(oldest.Flow);
            }

            _free.Push(oldest);
        }

        var expectation = _free.TryPop(out var recycled) ? recycled : new Expectation();
        expectation.Flow = flow;
        expectation.Protocol = protocol;
        expectation.FirstSpeaker = null;
        expectation.Command.Clear();
        expectation.FileName.Clear();
        expectation.Deadline = now + LifetimeNanoseconds;
        _byFlow[flow] = expectation;
        _byAge.Enqueue(expectation);
        return expectation;
    }

    /// <summary>Whether a flow, in which one direction now speaks first, was announced. It is announced no more after that.</summary>
    public bool TryTake(Flow flow, Direction direction, long now, [NotNullWhen(true)] out Expectation? expectation)
    {
        expectation = null;
        if (_byFlow.Count == 0)
        {
            return false;
        }

        var key = new ExpectedFlow(flow.Protocol, flow.Client, flow.Server, flow.ServerPort);
        if (!_byFlow.TryGetValue(key, out expectation) || expectation.Deadline < now || (expectation.FirstSpeaker ?? direction) != direction)
        {
            return false;
        }

        _byFlow.Remove(key);
        return true;
    }

    private bool IsHeld(Expectation expectation) => _byFlow.TryGetValue(expectation.Flow, out var held) && held == expectation;
}
