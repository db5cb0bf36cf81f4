using System.Buffers.Text;

namespace MediaSecurityLite.Inspection.Protocols.BitTorrent;

/// <summary>A cursor over bencoding (BEP 3): <c>4:text</c>, <c>i42e</c>, <c>l…e</c>, <c>d…e</c>.</summary>
internal ref struct Bencode(ReadOnlySpan<byte> data)
{
    /// <summary>Lists within lists; the messages read here have three.</summary>
    private const int MaxDepth = 16;

    private ReadOnlySpan<byte> _rest = data;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Enters a dictionary.</summary>
    public bool TryEnterDictionary() => TryTake((byte)'d');

    /// <summary>Takes the end of a dictionary.</summary>
    public bool TryLeave() => TryTake((byte)'e');

    public bool TryReadText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (_rest.IsEmpty
            || _rest[0] is < (byte)'0' or > (byte)'9'
            || !Utf8Parser.TryParse(_rest, out int length, out var digits)
            || digits >= _rest.Length
            || _rest[digits] != ':'
            || length > _rest.Length - digits - 1)
        {
            return false;
        }

        text = _rest.Slice(digits + 1, length);
        _rest = _rest[(digits + 1 + length)..];
        return true;
    }

    /// <summary>Takes the next value, whatever it is.</summary>
    public bool TrySkip()
    {
        var depth = 0;
        do
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            switch (_rest[0])
            {
                case (byte)'d' or (byte)'l' when depth < MaxDepth:
                    depth++;
                    _rest = _rest[1..];
                    break;
                case (byte)'e' when depth > 0:
                    depth--;
                    _rest = _rest[1..];
                    break;
                case (byte)'i':
                    var end = _rest.IndexOf((byte)'e');
                    if (end < 0)
                    {
                        return false;
                    }

                    _rest = _rest[(end + 1)..];
                    break;
                default:
                    if (!TryReadText(out _))
                    {
                        return false;
                    }

                    break;
            }
        }
        while (depth > 0);
        return true;
    }

    private bool TryTake(byte token)
    {
        if (_rest.IsEmpty || _rest[0] != token)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }
}
