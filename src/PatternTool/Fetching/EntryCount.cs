using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.PatternTool.Fetching;

/// <summary>Counts what a reader finds usable.</summary>
internal sealed class EntryCount : IFeedSink
{
    public int Usable { get; private set; }

    public void Add(in Indicator indicator, PatternLabel label, FeedPlace place) => Count();

    public void AddRule(long id, string rule, FeedPlace place) => Count();

    public void Drop(DropReason reason, FeedPlace place, ReadOnlySpan<char> text)
    {
        // Whether the copy is believable rests on what can be used; the build reports the rest.
    }

    private void Count()
    {
        if (++Usable > EntryLimits.MaxEntries)
        {
            throw new InvalidDataException($"it has more than {EntryLimits.MaxEntries} entries");
        }
    }
}
