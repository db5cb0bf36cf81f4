namespace MediaSecurityLite.Inspection.Protocols.Text;

/// <summary>Byte strings kept beyond the packet they came in, in one buffer; what exceeds its bounds is left out and counted.</summary>
internal sealed class KeptList(int maxItems, int maxBytes)
{
    private byte[] _bytes = [];
    private int[] _ends = [];

    public int Count { get; private set; }

    /// <summary>Items that found no room.</summary>
    public int LeftOut { get; private set; }

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    public void Add(ReadOnlySpan<byte> item)
    {
        var used = Count == 0 ? 0 : _ends[Count - 1];
        if (Count == maxItems || used + item.Length > maxBytes)
        {
            LeftOut++;
            return;
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Math.Min(maxItems, Math.Max(4, Count * 2)));
        }

        if (used + item.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(maxBytes, Math.Max(256, (used + item.Length) * 2)));
        }

        item.CopyTo(_bytes.AsSpan(used));
        _ends[Count++] = used + item.Length;
    }

    public void Clear() => Count = LeftOut = 0;
}
