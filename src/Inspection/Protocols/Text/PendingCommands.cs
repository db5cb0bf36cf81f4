namespace MediaSecurityLite.Inspection.Protocols.Text;

/// <summary>Commands that were sent and not answered yet, oldest first; a ring of fixed size.</summary>
internal sealed class PendingCommands<T>(int capacity)
    where T : struct
{
    private T[] _items = [];
    private int _first;

    public int Count { get; private set; }

    /// <returns>False if too many wait.</returns>
    public bool TryAdd(T command)
    {
        if (Count == capacity)
        {
            return false;
        }

        if (Count == _items.Length)
        {
            Grow();
        }

        _items[(_first + Count++) % _items.Length] = command;
        return true;
    }

    public bool TryPeek(out T command)
    {
        command = Count > 0 ? _items[_first] : default;
        return Count > 0;
    }

    public bool TryTake(out T command)
    {
        if (!TryPeek(out command))
        {
            return false;
        }

        _first = (_first + 1) % _items.Length;
        Count--;
        return true;
    }

    public void Clear() => Count = _first = 0;

    private void Grow()
    {
        var larger = new T[Math.Min(capacity, Math.Max(8, Count * 2))];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = _items[(_first + i) % _items.Length];
        }

        _items = larger;
        _first = 0;
    }
}
