namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>A line of a feed.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without its end and without space around it; empty where there is a fault.</param>
/// <param name="Fault">Why it cannot be read.</param>
internal readonly record struct FeedLine(int Number, string Text, DropReason? Fault);
