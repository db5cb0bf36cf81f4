namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>A source to read, as its reader needs it.</summary>
/// <param name="Id">How labels name it.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="Rules">What its entries stand for; the first that fits decides.</param>
/// <param name="MinConfidence">Entries of which the source itself is less sure are dropped; 0 to 100, where the format says it.</param>
internal sealed record FeedSource(string Id, string Path, IReadOnlyList<LabelRule> Rules, int MinConfidence = 0);
