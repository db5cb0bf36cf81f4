namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>A field of a message that is kept beyond the packet it came in; longer values are cut at the bound.</summary>
internal sealed class KeptField(int maxLength)
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Value => _bytes.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> value)
    {
        Length = Math.Min(value.Length, maxLength);
        if (Length > _bytes.Length)
        {
            _bytes = new byte[Math.Min(maxLength, Math.Max(64, Length * 2))];
        }

        value[..Length].CopyTo(_bytes);
    }

    public void Clear() => Length = 0;
}
