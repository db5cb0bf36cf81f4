using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace MediaSecurityLite.Inspection.Eve;

/// <summary>Writes JSON into one buffer that is reused; nothing is allocated once it has grown to the largest record.</summary>
internal sealed class JsonBuffer(IRecordOutput output)
{
    private const int FlushAt = 64 << 10;

    /// <summary>What stands in a string as it is: printable ASCII but quotes and backslashes.</summary>
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7F - 0x20).Select(value => (byte)value).Where(value => value is not ((byte)'"' or (byte)'\\'))]);

    private byte[] _bytes = new byte[2 * FlushAt];
    private int _length;

    /// <summary>Appends text that needs no escaping.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> text)
    {
        Ensure(text.Length);
        Copy(text);
    }

    public void Number(long value)
    {
        Ensure(20);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>Two lower-case hexadecimal digits per byte.</summary>
    public void Hex(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length * 2);
        foreach (var value in bytes)
        {
            _bytes[_length++] = "0123456789abcdef"u8[value >> 4];
            _bytes[_length++] = "0123456789abcdef"u8[value & 15];
        }
    }

    /// <summary>The digits of a fixed width, zeros before.</summary>
    public void Padded(long value, int width)
    {
        Ensure(width);
        for (var i = width - 1; i >= 0; i--)
        {
            _bytes[_length + i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        _length += width;
    }

    public void Address(in Packets.IpAddress address)
    {
        Ensure(48);
        _length += address.Format(_bytes.AsSpan(_length));
    }

    /// <summary>A string with its quotes. Bytes that are no UTF-8 appear as <c>\xNN</c>, as in Suricata's records.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        Ensure((text.Length * 6) + 2);
        _bytes[_length++] = (byte)'"';
        var special = text.IndexOfAnyExcept(Plain);
        if (special < 0)
        {
            Copy(text);
        }
        else
        {
            Copy(text[..special]);
            var isUtf8 = Utf8.IsValid(text);
            foreach (var value in text[special..])
            {
                Escape(value, isUtf8);
            }
        }

        _bytes[_length++] = (byte)'"';
    }

    /// <summary>A string with its quotes.</summary>
    public void Text(string text)
    {
        Span<byte> utf8 = stackalloc byte[512];
        if (System.Text.Encoding.UTF8.GetMaxByteCount(text.Length) <= utf8.Length)
        {
            Text(utf8[..System.Text.Encoding.UTF8.GetBytes(text, utf8)]);
        }
        else
        {
            Text(System.Text.Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Ends a record; full buffers are handed on.</summary>
    public void EndLine()
    {
        Ensure(1);
        _bytes[_length++] = (byte)'\n';
        if (_length >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Hands on what is finished.</summary>
    public void Flush()
    {
        if (_length > 0)
        {
            output.Write(_bytes.AsSpan(0, _length));
            _length = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Copy(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    private void Escape(byte value, bool isUtf8)
    {
        if (value is >= 0x20 and < 0x7F && value != '"' && value != '\\')
        {
            _bytes[_length++] = value;
            return;
        }

        if (value >= 0x7F && isUtf8 && value != 0x7F)
        {
            _bytes[_length++] = value;
            return;
        }

        switch (value)
        {
            case (byte)'"' or (byte)'\\':
                Raw([(byte)'\\', value]);
                break;
            case (byte)'\n':
                Raw("\\n"u8);
                break;
            case (byte)'\r':
                Raw("\\r"u8);
                break;
            case (byte)'\t':
                Raw("\\t"u8);
                break;
            case < 0x20 or 0x7F when isUtf8:
                Raw("\\u00"u8);
                Hex([value]);
                break;
            default:
                Raw("\\\\x"u8);
                Raw(["0123456789ABCDEF"u8[value >> 4], "0123456789ABCDEF"u8[value & 15]]);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int more)
    {
        if (_length + more > _bytes.Length)
        {
            Grow(more);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int more) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
}
