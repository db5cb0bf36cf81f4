using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>What became of the entries of one source: read = kept + dropped.</summary>
public sealed record SourceReport
{
    /// <summary>Complaints for one reason beyond this many are counted, not listed: garbage must not hide the rest nor fill the disk.</summary>
    public const int MaxComplaints = 200;

    public required string Source { get; init; }

    /// <summary>Why the source could not be read to its end; what was read before is kept.</summary>
    public string? Failure { get; set; }

    public int Read { get; set; }

    public int Kept => Read - Dropped.Values.Sum();

    public SortedDictionary<DropReason, int> Dropped { get; init => field = value ?? []; } = [];

    /// <summary>The first entries that were not understood, for each reason.</summary>
    public IList<Complaint> Complaints { get; init => field = value ?? []; } = [];

    internal void Drop(DropReason reason) => Dropped[reason] = Dropped.GetValueOrDefault(reason) + 1;

    /// <summary>Drops an entry and says where it stands.</summary>
    internal void Drop(DropReason reason, FeedPlace place, ReadOnlySpan<char> text)
    {
        Drop(reason);
        if (!reason.IsSilent() && Dropped[reason] <= MaxComplaints)
        {
            Complaints.Add(Complaint.Of(place, reason, text));
        }
    }
}
