using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>An entry that was not understood, and where it stands.</summary>
/// <param name="File">Relative to the source's path.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Text">The beginning of the entry, printable.</param>
public sealed record Complaint(string File, int Line, DropReason Reason, string Text)
{
    private const int MaxText = 80;

    internal static Complaint Of(FeedPlace place, DropReason reason, ReadOnlySpan<char> text)
    {
        Span<char> shown = stackalloc char[MaxText];
        var length = Math.Min(text.Length, MaxText);
        for (var i = 0; i < length; i++)
        {
            shown[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '?' : text[i];
        }

        return new Complaint(place.File, place.Line, reason, shown[..length].ToString() + (text.Length > MaxText ? "…" : ""));
    }

    public override string ToString() => Line == 0 ? $"{File}: {Reason}: {Text}" : $"{File}:{Line}: {Reason}: {Text}";
}
