namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>A source to read, as its reader needs it.</summary>
/// <param name="Id">How labels name it.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="Rules">What the entries of its files stand for; the first that fits decides.</param>
internal sealed record FeedSource(string Id, string Path, IReadOnlyList<LabelRule> Rules)
{
    /// <summary>Finds the rule for a file of the source.</summary>
    public LabelRule? RuleFor(string relativePath) => Rules.FirstOrDefault(rule => rule.Fits(relativePath));
}
