namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>A field of a message that is kept beyond the packet it came in; longer values are cut at the bound.</summary>
internal sealed class KeptField(int maxLength)
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Value => _bytes.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> value)
    {
        Length = 0;
        Append(value);
    }

    /// <summary>Lengthens the value.</summary>
    public void Append(ReadOnlySpan<byte> more)
    {
        var length = Math.Min(Length + more.Length, maxLength);
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(maxLength, Math.Max(64, length * 2)));
        }

        more[..(length - Length)].CopyTo(_bytes.AsSpan(Length));
        Length = length;
    }

    public void Clear() => Length = 0;
}
