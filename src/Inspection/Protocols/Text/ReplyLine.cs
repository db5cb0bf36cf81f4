namespace MediaSecurityLite.Inspection.Protocols.Text;

/// <summary>A line of a reply with three digits before its text (RFC 959, 4.2; RFC 5321, 4.2.1): "250-…" goes on, "250 …" is the last.</summary>
internal readonly ref struct ReplyLine
{
    /// <summary>0 if the line has none.</summary>
    public int Code { get; private init; }

    /// <summary>More lines of the same reply follow.</summary>
    public bool GoesOn { get; private init; }

    /// <summary>What stands behind the code.</summary>
    public ReadOnlySpan<byte> Text { get; private init; }

    public static ReplyLine Read(ReadOnlySpan<byte> line)
    {
        var hasCode = line.Length >= 3
            && line[..3].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && (line.Length == 3 || line[3] is (byte)' ' or (byte)'-');
        return hasCode
            ? new ReplyLine
            {
                Code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0'),
                GoesOn = line.Length > 3 && line[3] == '-',
                Text = line[Math.Min(4, line.Length)..],
            }
            : new ReplyLine { Text = line };
    }
}
