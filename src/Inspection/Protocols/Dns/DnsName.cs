namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>Names in DNS messages: labels of up to 63 bytes, ended by an empty one or by a pointer to an earlier place (RFC 1035, 4.1.4).</summary>
internal static class DnsName
{
    /// <summary>
    /// RFC 1035, 2.3.4 allows 255 bytes; resolvers read up to 1025 characters, so longer names do occur where something is hidden
    /// in them. What is longer still is cut.
    /// </summary>
    public const int MaxLength = 1025;

    /// <summary>Labels and pointers; a name of 255 bytes has at most 127 labels, and each may be reached by a pointer.</summary>
    private const int MaxSteps = 255;

    /// <summary>Reads a name as dot-separated text, case kept, and moves behind it.</summary>
    /// <returns>False if it is cut, or points in circles.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int offset, scoped Span<byte> name, out int length)
    {
        length = 0;
        var position = offset;
        var hasJumped = false;
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            if ((uint)position >= (uint)message.Length)
            {
                return false;
            }

            int label = message[position++];
            if (label == 0)
            {
                offset = hasJumped ? offset : position;
                return true;
            }

            if (label >= 0xC0)
            {
                if (position >= message.Length)
                {
                    return false;
                }

                var target = ((label & 0x3F) << 8) | message[position++];
                offset = hasJumped ? offset : position;
                hasJumped = true;
                position = target;
                continue;
            }

            if (label > 63 || label > message.Length - position)
            {
                return false;
            }

            Append(message.Slice(position, label), name, ref length);
            position += label;
        }

        // The end of the name is known behind a pointer, so what was read of it can stand.
        return hasJumped && length > 0;
    }

    /// <summary>Moves behind a name without reading it.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> message, ref int offset)
    {
        while ((uint)offset < (uint)message.Length)
        {
            int label = message[offset++];
            if (label == 0)
            {
                return true;
            }

            if (label >= 0xC0)
            {
                return ++offset <= message.Length;
            }

            if (label > 63)
            {
                return false;
            }

            offset += label;
        }

        return false;
    }

    private static void Append(ReadOnlySpan<byte> label, Span<byte> name, ref int length)
    {
        var limit = Math.Min(name.Length, MaxLength);
        if (length > 0 && length < limit)
        {
            name[length++] = (byte)'.';
        }

        var room = Math.Min(label.Length, limit - length);
        label[..room].CopyTo(name[length..]);
        length += room;
    }
}
