namespace MediaSecurityLite.Inspection.Tests.Traffic;

/// <summary>What a piece of work allocates each time it is done.</summary>
internal static class Allocations
{
    private const int Rounds = 3;

    /// <summary>
    /// Bytes of the cheapest of a few rounds: what is allocated every time is in all of them, what the runtime allocates once,
    /// when it brings a better compiled method into use, is in one.
    /// </summary>
    public static long OfEachRound(Action round) => Enumerable.Range(0, Rounds).Min(_ => Of(round));

    private static long Of(Action round)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        round();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
