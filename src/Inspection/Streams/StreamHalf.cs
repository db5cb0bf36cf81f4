using static MediaSecurityLite.Inspection.Streams.TcpTracker;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>One direction of a connection: where it stands, what came too early, what its reader has not taken yet.</summary>
internal sealed class StreamHalf
{
    /// <summary>The sequence number of the first byte is known.</summary>
    public bool IsOpen;

    /// <summary>Its SYN was seen, with this number; valid with <see cref="HasSyn"/>.</summary>
    public uint Initial;

    public bool HasSyn;

    /// <summary>Its SYN came with more than one number; the first acknowledgment tells which one counts.</summary>
    public bool IsDoubted;

    /// <summary>Sequence number of the next byte to hand on.</summary>
    public uint Next;

    /// <summary>Sequence number after the last byte seen: the other side cannot have more.</summary>
    public uint Highest;

    /// <summary>The highest acknowledgment from the other side; valid with <see cref="IsAcknowledged"/>.</summary>
    public uint Acknowledged;

    public bool IsAcknowledged;

    /// <summary>The last acknowledgment from the other side, believed or not; valid with <see cref="IsAcknowledged"/>.</summary>
    public uint Claimed;

    /// <summary>Where the room ends that the receiver has offered so far; valid with <see cref="HasWindow"/>.</summary>
    public uint WindowEnd;

    public bool HasWindow;

    /// <summary>RFC 7323, 2.2: the shift that this side's SYN offered for its windows; negative if none.</summary>
    public int WindowShift = -1;

    /// <summary>Sequence number of the FIN; valid with <see cref="HasFin"/>.</summary>
    public uint Fin;

    public bool HasFin;

    /// <summary>Every byte up to the FIN was handed on.</summary>
    public bool IsEnded;

    /// <summary>The reader knows of the end: it is told once the other side has acknowledged the FIN, or both have ended.</summary>
    public bool IsEndTold;

    /// <summary>Segments beyond <see cref="Next"/>, in order, none overlapping another.</summary>
    public Segment? Waiting;

    /// <summary>The last of them.</summary>
    public Segment? LastWaiting;

    public int WaitingBytes;

    public int WaitingSegments;

    /// <summary>Bytes handed on that the reader did not take.</summary>
    public byte[] Unread = [];

    public int UnreadLength;

    public ReadOnlySpan<byte> UnreadBytes => Unread.AsSpan(0, UnreadLength);

    /// <summary>No protocol begins like this direction; the other one may still tell.</summary>
    public bool IsUnrecognized;

    /// <summary>How many bytes at least the reader wants to see before it is called again.</summary>
    public int Wanted;

    /// <summary>The stream goes on, or begins, at <paramref name="next"/>.</summary>
    public void Start(uint next)
    {
        IsOpen = true;
        Next = Highest = next;
    }

    /// <summary>Takes what the other side says it has. RFC 9293, 3.10.7.4: nobody can have more than was sent.</summary>
    /// <returns>False for a number that cannot be; it is not believed.</returns>
    public bool Acknowledge(uint acknowledgment)
    {
        if (IsDoubted)
        {
            IsDoubted = false;
            Start(acknowledgment);
        }

        Claimed = acknowledgment;

        // A FIN takes one number, too.
        if (IsOpen && Distance(acknowledgment, Highest) > 1)
        {
            return false;
        }

        if (!IsAcknowledged || Distance(acknowledgment, Acknowledged) > 0)
        {
            IsAcknowledged = true;
            Acknowledged = acknowledgment;
        }

        return true;
    }

    /// <summary>
    /// RFC 5961, 3.2: a reset counts only at the number that the receiver waits for. The engine knows that number as its own, or,
    /// where it has missed or not yet ordered something, as the one last acknowledged or the end of what was seen. A false one
    /// does little: what goes on is read on.
    /// </summary>
    public bool IsResetAt(uint sequence) =>
        (IsOpen && (sequence == Next || sequence == Highest || (HasFin && sequence == Fin + 1))) || (IsAcknowledged && sequence == Claimed);

    public void Reset()
    {
        IsOpen = HasSyn = IsDoubted = IsAcknowledged = HasWindow = HasFin = IsEnded = IsEndTold = IsUnrecognized = false;
        Initial = Next = Highest = Acknowledged = Claimed = WindowEnd = Fin = 0;
        WindowShift = -1;
        WaitingBytes = WaitingSegments = UnreadLength = Wanted = 0;
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
