namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// Puts handshake messages together that records cut (RFC 8446, 5.1): <c>| type 1 | length 3 | body |</c>. Most messages lie
/// in one record and are read in place of the buffer it keeps for the others.
/// </summary>
internal sealed class HandshakeBuffer
{
    private const int HeaderLength = 4;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <returns>False if the message would be longer than <paramref name="maxLength"/>.</returns>
    public bool Add(ReadOnlySpan<byte> bytes, int maxLength)
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        var needed = _end + bytes.Length;
        if (needed > maxLength)
        {
            return false;
        }

        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2048));
        }

        bytes.CopyTo(_bytes.AsSpan(_end));
        _end = needed;
        return true;
    }

    /// <summary>The next whole message; valid until the next <see cref="Add"/>.</summary>
    public bool TryTakeMessage(out byte type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        var rest = _bytes.AsSpan(_start, _end - _start);
        if (rest.Length < HeaderLength)
        {
            return false;
        }

        var length = (rest[1] << 16) | (rest[2] << 8) | rest[3];
        if (rest.Length - HeaderLength < length)
        {
            return false;
        }

        type = rest[0];
        body = rest.Slice(HeaderLength, length);
        _start += HeaderLength + length;
        return true;
    }

    public void Clear() => _start = _end = 0;
}
