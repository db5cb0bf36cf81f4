namespace MediaSecurityLite.Inspection.Protocols.Http2;

/// <summary>Receives the header fields of a block, in order.</summary>
internal interface IHeaderSink
{
    void Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);
}

/// <summary>Decodes the header blocks of one direction (RFC 7541, 6): each depends on all before it.</summary>
internal sealed class HpackDecoder(byte[] scratch)
{
    /// <summary>Room for one name and one value while they are decoded; shared by all decoders of an inspector.</summary>
    public const int ScratchLength = MaxNameLength + MaxValueLength;

    private const int MaxNameLength = 8 << 10;
    private const int MaxValueLength = 64 << 10;

    private readonly HpackTable _table = new();

    /// <summary>Decodes a whole block.</summary>
    /// <returns>False if it cannot be decoded: nothing that follows on the connection can be either.</returns>
    public bool TryDecode(ReadOnlySpan<byte> block, IHeaderSink sink)
    {
        while (!block.IsEmpty)
        {
            // RFC 7541, 6.1 to 6.3: the highest bits say which form follows.
            var first = block[0];
            var isSound = first switch
            {
                >= 0x80 => TryIndexed(ref block, sink),
                >= 0x40 => TryLiteral(ref block, 6, isKept: true, sink),
                >= 0x20 => TryReadInteger(ref block, 5, out var size) && _table.TryResize(size),
                _ => TryLiteral(ref block, 4, isKept: false, sink),
            };
            if (!isSound)
            {
                return false;
            }
        }

        return true;
    }

    public void Reset() => _table.Reset();

    private bool TryIndexed(ref ReadOnlySpan<byte> block, IHeaderSink sink)
    {
        if (!TryReadInteger(ref block, 7, out var index) || !TryGet(index, out var name, out var value))
        {
            return false;
        }

        sink.Header(name, value);
        return true;
    }

    private bool TryLiteral(ref ReadOnlySpan<byte> block, int prefix, bool isKept, IHeaderSink sink)
    {
        if (!TryReadInteger(ref block, prefix, out var index))
        {
            return false;
        }

        var nameRoom = scratch.AsSpan(0, MaxNameLength);
        ReadOnlySpan<byte> name;
        if (index == 0)
        {
            if (!TryReadString(ref block, nameRoom, out name))
            {
                return false;
            }
        }
        else if (TryGet(index, out var known, out _) && known.Length <= nameRoom.Length)
        {
            // The entry may have to leave the table for this one (RFC 7541, 4.4), so its name is copied.
            known.CopyTo(nameRoom);
            name = nameRoom[..known.Length];
        }
        else
        {
            return false;
        }

        if (!TryReadString(ref block, scratch.AsSpan(MaxNameLength, MaxValueLength), out var value))
        {
            return false;
        }

        sink.Header(name, value);
        if (isKept)
        {
            _table.Add(name, value);
        }

        return true;
    }

    private bool TryGet(int index, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        if (index is > 0 and <= HpackStaticTable.Count)
        {
            name = HpackStaticTable.Name(index);
            value = HpackStaticTable.Value(index);
            return true;
        }

        return _table.TryGet(index - HpackStaticTable.Count - 1, out name, out value);
    }

    /// <summary>RFC 7541, 5.1.</summary>
    private static bool TryReadInteger(scoped ref ReadOnlySpan<byte> block, int prefix, out int value)
    {
        const int MaxShift = 21;
        var mask = (1 << prefix) - 1;
        value = block[0] & mask;
        block = block[1..];
        if (value < mask)
        {
            return true;
        }

        for (var shift = 0; shift <= MaxShift && !block.IsEmpty; shift += 7)
        {
            var next = block[0];
            block = block[1..];
            value += (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>RFC 7541, 5.2.</summary>
    private static bool TryReadString(scoped ref ReadOnlySpan<byte> block, Span<byte> room, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (block.IsEmpty)
        {
            return false;
        }

        var isHuffman = block[0] >= 0x80;
        if (!TryReadInteger(ref block, 7, out var length) || length > block.Length)
        {
            return false;
        }

        var raw = block[..length];
        block = block[length..];
        if (!isHuffman)
        {
            text = raw;
            return raw.Length <= room.Length;
        }

        var isSound = HpackHuffman.TryDecode(raw, room, out var decoded);
        text = room[..decoded];
        return isSound;
    }
}
