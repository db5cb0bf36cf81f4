using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>
/// Puts the pieces of a client's hello together (RFC 9000, 19.6), whatever their order: clients cut and shuffle it on purpose.
/// What came first stays where pieces overlap.
/// </summary>
internal sealed class CryptoStream(SegmentPool memory)
{
    /// <summary>Hellos with post-quantum keys stay below 4 KiB.</summary>
    private const int MaxLength = 16 << 10;

    /// <summary>Separate pieces held at once; browsers cut a hello into a dozen.</summary>
    private const int MaxPieces = 64;

    /// <summary>Pieces in order, none touching another.</summary>
    private readonly (int Start, int End)[] _pieces = new (int, int)[MaxPieces];

    private byte[] _bytes = [];
    private int _count;

    /// <summary>What has come without a hole from the start.</summary>
    public ReadOnlySpan<byte> Head => _count > 0 && _pieces[0].Start == 0 ? _bytes.AsSpan(0, _pieces[0].End) : default;

    /// <summary>Adds a piece.</summary>
    /// <returns>False if it lies beyond the bounds.</returns>
    public bool Add(ulong offset, ReadOnlySpan<byte> data)
    {
        if (offset > MaxLength || data.Length > MaxLength - (int)offset || !Reserve((int)offset + data.Length))
        {
            return false;
        }

        return data.IsEmpty || Insert((int)offset, data);
    }

    /// <summary>Forgets everything and gives the memory back.</summary>
    public void Clear()
    {
        memory.Return(_bytes);
        _bytes = [];
        _count = 0;
    }

    private bool Insert(int start, ReadOnlySpan<byte> data)
    {
        var end = start + data.Length;
        var first = 0;
        while (first < _count && _pieces[first].End < start)
        {
            first++;
        }

        // Pieces from first up to last touch the new one and become one with it.
        var last = first;
        var position = start;
        for (; last < _count && _pieces[last].Start <= end; last++)
        {
            Fill(start, ref position, _pieces[last].Start, data);
            position = Math.Max(position, _pieces[last].End);
        }

        Fill(start, ref position, end, data);
        if (last == first)
        {
            if (_count == MaxPieces)
            {
                return false;
            }

            Array.Copy(_pieces, first, _pieces, first + 1, _count - first);
            _pieces[first] = (start, end);
            _count++;
            return true;
        }

        _pieces[first] = (Math.Min(start, _pieces[first].Start), Math.Max(end, _pieces[last - 1].End));
        Array.Copy(_pieces, last, _pieces, first + 1, _count - last);
        _count -= last - first - 1;
        return true;
    }

    /// <summary>Copies what belongs into the hole from <paramref name="position"/> to <paramref name="until"/>.</summary>
    private void Fill(int start, ref int position, int until, ReadOnlySpan<byte> data)
    {
        if (until > position)
        {
            data[(position - start)..(until - start)].CopyTo(_bytes.AsSpan(position));
            position = until;
        }
    }

    private bool Reserve(int length)
    {
        if (length <= _bytes.Length)
        {
            return true;
        }

        if (memory.Rent(Math.Min(MaxLength, Math.Max(2048, length * 2))) is not { } larger)
        {
            return false;
        }

        _bytes.CopyTo(larger, 0);
        memory.Return(_bytes);
        _bytes = larger;
        return true;
    }
}
