namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Where in a feed something stands. Line 0 is the file as a whole.</summary>
internal readonly record struct FeedPlace(string File, int Line);
