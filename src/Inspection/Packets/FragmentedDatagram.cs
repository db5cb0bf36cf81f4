using System.Buffers;

namespace MediaSecurityLite.Inspection.Packets;

/// <summary>One fragment's place in its datagram.</summary>
/// <param name="Id">Identification field.</param>
/// <param name="Offset">Where it lies in the datagram's payload, in bytes.</param>
/// <param name="HasMore">False for the last one.</param>
/// <param name="IsCut">The capture holds less of it than the wire did.</param>
internal readonly record struct Fragment(uint Id, int Offset, bool HasMore, bool IsCut);

/// <summary>What became of a fragment.</summary>
internal enum FragmentResult : byte
{
    /// <summary>It is kept, or was there already.</summary>
    Taken,

    /// <summary>It does not fit to the others: no receiver takes this datagram.</summary>
    Impossible,
}

/// <summary>
/// An IP datagram of which some fragments have come. Overlaps are judged as Linux does since 4.19 (net/ipv4/inet_fragment.c;
/// RFC 5722 and its erratum 3089 for IPv6): what lies wholly within bytes that came in one run is a duplicate, its data is not
/// looked at; any other overlap makes an end of the datagram. Recycled.
/// </summary>
internal sealed class FragmentedDatagram
{
    /// <summary>Runs apart from each other; more are an attack on reassembly. A datagram in order has one.</summary>
    private const int MaxRuns = 256;

    /// <summary>By their place; a fragment that follows the last one at once extends it.</summary>
    private readonly List<(int Start, int End)> _runs = [];
    private byte[] _buffer = [];
    private int _received;

    public FragmentKey Key { get; private set; }

    /// <summary>When its first fragment came, in nanoseconds since 1970-01-01 UTC.</summary>
    public long Opened { get; private set; }

    /// <summary>What follows IP, as the first fragment says.</summary>
    public byte Protocol { get; private set; }

    /// <summary>Negative while the last fragment is not there.</summary>
    public int Length { get; private set; } = -1;

    /// <summary>Bytes held.</summary>
    public int Size => _buffer.Length;

    public bool IsComplete => Length >= 0 && _received == Length;

    internal FragmentedDatagram? Newer { get; set; }

    internal FragmentedDatagram? Older { get; set; }

    public void Open(in FragmentKey key, long now)
    {
        Key = key;
        Opened = now;
        Length = -1;
        _received = 0;
        _runs.Clear();
    }

    public FragmentResult Insert(Fragment piece, byte protocol, ReadOnlySpan<byte> payload)
    {
        var (start, end) = (piece.Offset, piece.Offset + payload.Length);
        var highest = _runs.Count == 0 ? 0 : _runs[^1].End;
        var isBeyondEnd = piece.HasMore ? Length >= 0 && end > Length : end < highest || (Length >= 0 && end != Length);
        if (isBeyondEnd)
        {
            return FragmentResult.Impossible;
        }

        Length = piece.HasMore ? Length : end;
        if (!TryPlace(start, end, out var isNew))
        {
            return FragmentResult.Impossible;
        }

        if (isNew)
        {
            Grow(end);
            payload.CopyTo(_buffer.AsSpan(start));
            _received += payload.Length;
            Protocol = start == 0 ? protocol : Protocol;
        }

        return FragmentResult.Taken;
    }

    public byte[] TakeBuffer()
    {
        var buffer = _buffer;
        _buffer = [];
        return buffer;
    }

    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private bool TryPlace(int start, int end, out bool isNew)
    {
        isNew = true;
        var index = _runs.Count;
        while (index > 0 && _runs[index - 1].End > start)
        {
            index--;
            if (_runs[index].Start < end)
            {
                isNew = false;
                return _runs[index].Start <= start && end <= _runs[index].End;
            }
        }

        if (index > 0 && index == _runs.Count && _runs[^1].End == start)
        {
            _runs[^1] = (_runs[^1].Start, end);
            return true;
        }

        if (_runs.Count == MaxRuns)
        {
            return false;
        }

        _runs.Insert(index, (start, end));
        return true;
    }

    private void Grow(int needed)
    {
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 4096));
        _buffer.CopyTo(larger, 0);
        Release();
        _buffer = larger;
    }
}
