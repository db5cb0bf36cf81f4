using System.Buffers.Text;

namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>
/// Base64 that comes in pieces (RFC 2045, 6.8). Characters outside the alphabet are passed over, as that section asks.
/// </summary>
internal struct Base64Decoder
{
    private uint _bits;
    private int _count;

    /// <summary>Bytes that decoding a text of this length can give at most.</summary>
    public static int MaxDecodedLength(int length) => (length / 4 * 3) + 3;

    /// <summary>Decodes a piece.</summary>
    /// <returns>Bytes written; <paramref name="destination"/> must hold <see cref="MaxDecodedLength"/>.</returns>
    public int Decode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        if (_count == 0)
        {
            // The usual line of whole quanta; what is not usual is left to the loop below.
            Base64.DecodeFromUtf8(text, destination, out var consumed, out written, isFinalBlock: false);
            var isPlain = written * 4 == consumed * 3;
            written = isPlain ? written : 0;
            text = text[(isPlain ? consumed : 0)..];
        }

        foreach (var character in text)
        {
            var value = Value(character);
            if (value >= 0)
            {
                _bits = (_bits << 6) | (uint)value;
                if (++_count == 4)
                {
                    destination[written++] = (byte)(_bits >> 16);
                    destination[written++] = (byte)(_bits >> 8);
                    destination[written++] = (byte)_bits;
                    _count = 0;
                }
            }
            else if (character == '=')
            {
                written += End(destination[written..]);
            }
        }

        return written;
    }

    /// <summary>The text is over: gives the bytes of an unfinished quantum, at most two.</summary>
    public int End(Span<byte> destination)
    {
        var written = Math.Max(0, _count - 1);
        if (written > 0)
        {
            var bits = _bits << (6 * (4 - _count));
            destination[0] = (byte)(bits >> 16);
            if (written > 1)
            {
                destination[1] = (byte)(bits >> 8);
            }
        }

        _count = 0;
        return written;
    }

    private static int Value(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
