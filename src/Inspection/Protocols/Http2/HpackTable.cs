namespace MediaSecurityLite.Inspection.Protocols.Http2;

/// <summary>
/// The header fields that both ends remember (RFC 7541, 2.3.2 and 4). The newest has index 0 here; the oldest leave when room
/// is needed. Their bytes lie one behind the other in one buffer, for they come and go in the same order.
/// </summary>
internal sealed class HpackTable
{
    /// <summary>RFC 9113, 6.5.2.</summary>
    public const int DefaultSize = 4096;

    /// <summary>A peer that asks for more is not followed; what it sends then cannot be read.</summary>
    public const int MaxSize = 64 << 10;

    /// <summary>RFC 7541, 4.1: what an entry counts for beyond its bytes.</summary>
    private const int EntryOverhead = 32;

    private Entry[] _entries = [];
    private byte[] _bytes = [];
    private int _oldest;
    private int _count;
    private int _end;
    private int _size;
    private int _limit = DefaultSize;

    /// <summary>Adds a field; one that is too large for the table empties it (RFC 7541, 4.4).</summary>
    /// <remarks>Name and value must not lie in the table itself.</remarks>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var length = name.Length + value.Length;
        Evict(_limit - EntryOverhead - length);
        if (length + EntryOverhead > _limit)
        {
            return;
        }

        MakeRoom(length);
        name.CopyTo(_bytes.AsSpan(_end));
        value.CopyTo(_bytes.AsSpan(_end + name.Length));
        _entries[(_oldest + _count) % _entries.Length] = new Entry(_end, name.Length, value.Length);
        _count++;
        _end += length;
        _size += length + EntryOverhead;
    }

    /// <summary>Reads a field; what is handed out is valid until the next one is added.</summary>
    public bool TryGet(int index, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        if ((uint)index >= (uint)_count)
        {
            return false;
        }

        var entry = _entries[(_oldest + _count - 1 - index) % _entries.Length];
        name = _bytes.AsSpan(entry.Start, entry.NameLength);
        value = _bytes.AsSpan(entry.Start + entry.NameLength, entry.ValueLength);
        return true;
    }

    /// <summary>Changes the bound (RFC 7541, 4.3 and 6.3).</summary>
    public bool TryResize(int size)
    {
        if (size > MaxSize)
        {
            return false;
        }

        _limit = size;
        Evict(size);
        return true;
    }

    public void Reset()
    {
        _limit = DefaultSize;
        _oldest = _count = _end = _size = 0;
    }

    private void Evict(int size)
    {
        while (_count > 0 && _size > size)
        {
            var entry = _entries[_oldest];
            _size -= entry.NameLength + entry.ValueLength + EntryOverhead;
            _oldest = (_oldest + 1) % _entries.Length;
            _count--;
        }
    }

    private void MakeRoom(int length)
    {
        if (_count == _entries.Length)
        {
            var larger = new Entry[Math.Max(16, _entries.Length * 2)];
            for (var i = 0; i < _count; i++)
            {
                larger[i] = _entries[(_oldest + i) % _entries.Length];
            }

            (_entries, _oldest) = (larger, 0);
        }

        if (_end + length > _bytes.Length)
        {
            Compact(length);
        }
    }

    /// <summary>Moves what lives to the front; twice the bound makes that rare.</summary>
    private void Compact(int length)
    {
        var start = _count > 0 ? _entries[_oldest].Start : _end;
        var live = _end - start;
        var target = live + length > _bytes.Length / 2 ? new byte[Math.Min(2 * _limit, Math.Max(512, 2 * (live + length)))] : _bytes;
        _bytes.AsSpan(start, live).CopyTo(target);
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref _entries[(_oldest + i) % _entries.Length];
            entry = entry with { Start = entry.Start - start };
        }

        (_bytes, _end) = (target, live);
    }

    private readonly record struct Entry(int Start, int NameLength, int ValueLength);
}
