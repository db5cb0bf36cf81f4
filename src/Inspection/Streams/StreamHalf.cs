namespace MediaSecurityLite.Inspection.Streams;

/// <summary>One direction of a connection: where it stands, what came too early, what its reader has not taken yet.</summary>
internal sealed class StreamHalf
{
    /// <summary>The sequence number of the first byte is known.</summary>
    public bool IsOpen;

    /// <summary>Sequence number of the next byte to hand on.</summary>
    public uint Next;

    /// <summary>The highest acknowledgment from the other side; valid with <see cref="IsAcknowledged"/>.</summary>
    public uint Acknowledged;

    public bool IsAcknowledged;

    /// <summary>Sequence number of the FIN; valid with <see cref="HasFin"/>.</summary>
    public uint Fin;

    public bool HasFin;

    /// <summary>Every byte up to the FIN was handed on.</summary>
    public bool IsEnded;

    /// <summary>Segments beyond <see cref="Next"/>, in order, none overlapping another.</summary>
    public Segment? Waiting;

    public int WaitingBytes;

    /// <summary>Bytes handed on that the reader did not take.</summary>
    public byte[] Unread = [];

    public int UnreadLength;

    public ReadOnlySpan<byte> UnreadBytes => Unread.AsSpan(0, UnreadLength);

    /// <summary>No protocol begins like this direction; the other one may still tell.</summary>
    public bool IsUnrecognized;

    /// <summary>How many bytes at least the reader wants to see before it is called again.</summary>
    public int Wanted;

    public void Reset()
    {
        IsOpen = IsAcknowledged = HasFin = IsEnded = IsUnrecognized = false;
        Next = Acknowledged = Fin = 0;
        WaitingBytes = UnreadLength = Wanted = 0;
    }
}

/// <summary>Bytes that came before their turn.</summary>
internal sealed class Segment
{
    public uint Sequence;
    public int Length;
    public byte[] Bytes = [];
    public Segment? Next;

    public uint End => Sequence + (uint)Length;
}
