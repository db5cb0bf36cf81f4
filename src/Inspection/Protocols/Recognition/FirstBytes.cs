namespace MediaSecurityLite.Inspection.Protocols.Recognition;

/// <summary>The values that the first byte of a protocol can have: what the dispatch table is made of.</summary>
internal sealed class FirstBytes
{
    private readonly bool[] _values = new bool[256];

    /// <summary>Every value: for protocols that start with a number of the sender's choice.</summary>
    public static FirstBytes Any { get; } = Range(0, 255);

    public bool Contains(byte value) => _values[value];

    public static FirstBytes Of(params ReadOnlySpan<byte> values)
    {
        var result = new FirstBytes();
        foreach (var value in values)
        {
            result._values[value] = true;
        }

        return result;
    }

    public static FirstBytes Where(Func<byte, bool> condition) =>
        Of([.. Enumerable.Range(0, 256).Select(value => (byte)value).Where(condition)]);

    /// <summary>From <paramref name="first"/> up to and with <paramref name="last"/>.</summary>
    public static FirstBytes Range(byte first, byte last)
    {
        var result = new FirstBytes();
        result._values.AsSpan(first, last - first + 1).Fill(true);
        return result;
    }

    /// <summary>These values, and some more.</summary>
    public FirstBytes And(params ReadOnlySpan<byte> values)
    {
        var result = Of(values);
        for (var value = 0; value < _values.Length; value++)
        {
            result._values[value] |= _values[value];
        }

        return result;
    }
}
