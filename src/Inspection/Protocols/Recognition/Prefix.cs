namespace MediaSecurityLite.Inspection.Protocols.Recognition;

/// <summary>Compares what has come of a stream with the text it may start with.</summary>
internal static class Prefix
{
    /// <returns>Need more while what has come is a prefix of the text.</returns>
    public static Probe Match(ReadOnlySpan<byte> data, ReadOnlySpan<byte> text)
    {
        var length = Math.Min(data.Length, text.Length);
        if (!data[..length].SequenceEqual(text[..length]))
        {
            return Probe.No;
        }

        return length == text.Length ? Probe.Yes : Probe.NeedMore;
    }
}
