namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>The boundaries of the multipart bodies that are open, one within the other (RFC 2046, 5.1.1).</summary>
internal sealed class MimeBoundaries(int maxDepth)
{
    private readonly List<KeptField> _boundaries = [];

    public int Depth { get; private set; }

    /// <returns>False if too many are open.</returns>
    public bool TryPush(ReadOnlySpan<byte> boundary)
    {
        if (Depth == maxDepth)
        {
            return false;
        }

        if (Depth == _boundaries.Count)
        {
            _boundaries.Add(new KeptField(MimePart.MaxBoundary));
        }

        _boundaries[Depth++].Set(boundary);
        return true;
    }

    /// <summary>
    /// Whether a line is a delimiter: <c>--boundary</c>, or <c>--boundary--</c> behind the last part. One of an outer body
    /// ends those within it.
    /// </summary>
    public bool TryMatch(ReadOnlySpan<byte> line, out bool isClosing)
    {
        isClosing = false;
        if (Depth == 0 || !line.StartsWith("--"u8))
        {
            return false;
        }

        line = line[2..].TrimEnd(" \t"u8);
        for (var level = Depth - 1; level >= 0; level--)
        {
            var boundary = _boundaries[level].Value;
            if (!line.StartsWith(boundary))
            {
                continue;
            }

            var rest = line[boundary.Length..];
            isClosing = rest.SequenceEqual("--"u8);
            if (rest.IsEmpty || isClosing)
            {
                Depth = isClosing ? level : level + 1;
                return true;
            }
        }

        return false;
    }

    public void Clear() => Depth = 0;
}
