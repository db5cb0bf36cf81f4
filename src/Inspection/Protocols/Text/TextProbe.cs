namespace MediaSecurityLite.Inspection.Protocols.Text;

/// <summary>Parts that the probes of line-based protocols have in common.</summary>
internal static class TextProbe
{
    /// <summary>Whether data starts with a token, in letters of any case.</summary>
    public static Probe Starts(ReadOnlySpan<byte> data, ReadOnlySpan<byte> token)
    {
        var length = Math.Min(data.Length, token.Length);
        if (!System.Text.Ascii.EqualsIgnoreCase(data[..length], token[..length]))
        {
            return Probe.No;
        }

        return length == token.Length ? Probe.Yes : Probe.NeedMore;
    }

    /// <summary>The better of two answers.</summary>
    public static Probe Or(Probe left, Probe right) =>
        left == Probe.Yes || right == Probe.Yes ? Probe.Yes : left == Probe.NeedMore || right == Probe.NeedMore ? Probe.NeedMore : Probe.No;

    /// <summary>Whether a text holds a word, in letters of any case.</summary>
    public static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCaseWord)
    {
        for (var i = 0; i + lowerCaseWord.Length <= text.Length; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(text.Slice(i, lowerCaseWord.Length), lowerCaseWord))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next word of a line, and the rest behind the spaces after it.</summary>
    public static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        var end = line.IndexOf((byte)' ');
        rest = end < 0 ? default : line[end..].Trim((byte)' ');
        return end < 0 ? line : line[..end];
    }
}
