using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>A source that is ready to be read.</summary>
internal sealed record ListedSource(SourceEntry Entry, FeedSource Feed, IFeedReader Reader, HitList Except);
