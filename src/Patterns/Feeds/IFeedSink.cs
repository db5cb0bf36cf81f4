using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Takes what readers find.</summary>
internal interface IFeedSink
{
    /// <summary>An entry and what it stands for.</summary>
    void Add(in Indicator indicator, PatternLabel label, FeedPlace place);

    /// <summary>An entry that cannot be used.</summary>
    void Drop(DropReason reason, FeedPlace place, ReadOnlySpan<char> text);
}
