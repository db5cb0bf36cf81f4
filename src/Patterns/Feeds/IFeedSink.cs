using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Takes what readers find.</summary>
internal interface IFeedSink
{
    /// <summary>An entry and what it stands for.</summary>
    void Add(in Indicator indicator, PatternLabel label, FeedPlace place);

    /// <summary>A rule for the rule engine, as written.</summary>
    /// <param name="id">Its signature id.</param>
    /// <param name="rule">On one line.</param>
    /// <param name="place">Where it begins.</param>
    void AddRule(long id, string rule, FeedPlace place);

    /// <summary>An entry that cannot be used.</summary>
    void Drop(DropReason reason, FeedPlace place, ReadOnlySpan<char> text);
}
