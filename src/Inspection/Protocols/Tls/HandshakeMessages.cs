using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// Takes handshake messages out of records (RFC 8446, 5.1): <c>| type 1 | length 3 | body |</c>. A record may hold many
/// messages and a message many records. What lies whole in a record is read in place; the rest waits in lent memory.
/// </summary>
internal sealed class HandshakeMessages(SegmentPool memory)
{
    private const int HeaderLength = 4;

    /// <summary>Hellos with post-quantum keys stay below 8 KiB, chains of certificates below 16; longer ones are given up.</summary>
    private const int MaxLength = 64 << 10;

    private byte[] _held = [];
    private int _heldLength;

    /// <summary>The message that was taken last lies in <see cref="_held"/>.</summary>
    private bool _isTaken;

    /// <summary>A message was longer than any bound, or no memory was left: the sequence is lost.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Takes the next whole message from the front of a record's content; what is left of a cut one is kept.</summary>
    /// <param name="content">The record's content; shortened by what was taken.</param>
    /// <param name="type">The message's type.</param>
    /// <param name="body">Its body, valid until the next call.</param>
    public bool TryTake(ref ReadOnlySpan<byte> content, out byte type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        if (_isTaken)
        {
            Clear();
        }

        if (IsLost || content.IsEmpty)
        {
            return false;
        }

        return _heldLength == 0 ? TryTakeInPlace(ref content, out type, out body) : TryComplete(ref content, out type, out body);
    }

    /// <summary>Forgets everything and gives the memory back.</summary>
    public void Clear()
    {
        memory.Return(_held);
        _held = [];
        _heldLength = 0;
        _isTaken = IsLost = false;
    }

    private bool TryTakeInPlace(ref ReadOnlySpan<byte> content, out byte type, out ReadOnlySpan<byte> body)
    {
        var length = LengthOf(content);
        if (length < 0 || content.Length < length)
        {
            type = 0;
            body = default;
            Hold(ref content, content.Length, Math.Max(length, content.Length));
            return false;
        }

        type = content[0];
        body = content[HeaderLength..length];
        content = content[length..];
        return true;
    }

    private bool TryComplete(ref ReadOnlySpan<byte> content, out byte type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        if (_heldLength < HeaderLength)
        {
            Hold(ref content, Math.Min(HeaderLength - _heldLength, content.Length), HeaderLength);
        }

        var length = LengthOf(_held.AsSpan(0, _heldLength));
        if (length >= 0 && !IsLost)
        {
            Hold(ref content, Math.Min(length - _heldLength, content.Length), length);
        }

        if (IsLost || length < 0 || _heldLength < length)
        {
            return false;
        }

        type = _held[0];
        body = _held.AsSpan(HeaderLength, length - HeaderLength);
        _isTaken = true;
        return true;
    }

    /// <summary>Length of the message with its header; negative while the header is cut.</summary>
    private static int LengthOf(ReadOnlySpan<byte> message) =>
        message.Length < HeaderLength ? -1 : HeaderLength + ((message[1] << 16) | (message[2] << 8) | message[3]);

    private void Hold(ref ReadOnlySpan<byte> content, int length, int expected)
    {
        if (expected > MaxLength || !Reserve(_heldLength + length, expected))
        {
            Clear();
            IsLost = true;
            return;
        }

        content[..length].CopyTo(_held.AsSpan(_heldLength));
        _heldLength += length;
        content = content[length..];
    }

    /// <summary>Memory grows with what has come, not with what a header promises.</summary>
    private bool Reserve(int needed, int expected)
    {
        if (needed <= _held.Length)
        {
            return true;
        }

        if (memory.Rent(Math.Min(expected, needed * 2)) is not { } larger)
        {
            return false;
        }

        _held.AsSpan(0, _heldLength).CopyTo(larger);
        memory.Return(_held);
        _held = larger;
        return true;
    }
}
