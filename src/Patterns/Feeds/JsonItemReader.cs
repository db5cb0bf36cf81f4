using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// Reads a JSON document of any size within fixed memory: gives the outermost objects that stand in arrays, one after the other,
/// which is where every feed has its entries. A document that breaks off or is none ends with a fault that says where.
/// </summary>
internal sealed class JsonItemReader(Stream stream)
{
    /// <summary>No entry of any feed is larger; one that is gets passed over.</summary>
    public const int MaxItem = 4 * 1024 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Stack<(bool IsArray, string Name)> _containers = new();
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnd;
    private bool _isOver;
    private int _line = 1;
    private string _property = "";
    private JsonReaderState _state = new(Options);

    /// <summary>Depth of the too large object that is being passed over; 0 for none.</summary>
    private int _skipped;

    /// <summary>Reads the next item.</summary>
    /// <exception cref="IOException">The file cannot be read further.</exception>
    public bool TryRead(out JsonItem item)
    {
        item = default;
        while (!_isOver)
        {
            try
            {
                if (TryReadBuffered(out item))
                {
                    return true;
                }

                _isOver = _isEnd;
                if (!_isEnd && !TryFill())
                {
                    _isOver = true;
                    item = new JsonItem("", default, _line, DropReason.TooLong);
                    return true;
                }
            }
            catch (JsonException)
            {
                _isOver = true;
                item = new JsonItem("", default, _line, Fault());
                return true;
            }
        }

        return false;
    }

    private bool TryReadBuffered(out JsonItem item)
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        var reader = new Utf8JsonReader(bytes, _isEnd, _state);
        while (true)
        {
            var (state, consumed) = (reader.CurrentState, (int)reader.BytesConsumed);
            if (!reader.Read())
            {
                Advance(reader.CurrentState, (int)reader.BytesConsumed);
                item = default;
                return false;
            }

            if (reader.TokenType == JsonTokenType.StartObject && _skipped == 0 && _containers.TryPeek(out var parent) && parent.IsArray)
            {
                return TryTake(bytes, reader, state, consumed, parent.Name, out item);
            }

            Follow(reader);
        }
    }

    /// <summary>Takes an object whose first brace was read; where its end is not there yet, goes back before it.</summary>
    private bool TryTake(ReadOnlySpan<byte> bytes, Utf8JsonReader reader, JsonReaderState before, int consumed, string array, out JsonItem item)
    {
        var from = (int)reader.TokenStartIndex;
        var line = _line + bytes[..from].Count((byte)'\n');
        var start = reader;
        if (reader.TrySkip())
        {
            var text = bytes[from..(int)reader.BytesConsumed];
            item = Utf8.IsValid(text)
                ? new JsonItem(array, Parse(text), line, null)
                : new JsonItem(array, default, line, DropReason.NotText);
            Advance(reader.CurrentState, (int)reader.BytesConsumed);
            return true;
        }

        item = new JsonItem(array, default, line, DropReason.TooLong);
        if (bytes.Length - from <= MaxItem)
        {
            Advance(before, consumed);
            return false;
        }

        _skipped = start.CurrentDepth + 1;
        _containers.Push((false, ""));
        Advance(start.CurrentState, (int)start.BytesConsumed);
        return true;
    }

    private static JsonElement Parse(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, Options);
        return JsonElement.ParseValue(ref reader);
    }

    private void Follow(in Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _property = reader.ValueSpan.Length <= 64 ? Encoding.UTF8.GetString(reader.ValueSpan) : "";
                break;
            case JsonTokenType.StartArray:
                _containers.Push((true, _property));
                break;
            case JsonTokenType.StartObject:
                _containers.Push((false, _property));
                break;
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                _containers.Pop();
                _skipped = reader.CurrentDepth < _skipped ? 0 : _skipped;
                break;
            default:
                break;
        }
    }

    private void Advance(JsonReaderState state, int consumed)
    {
        _line += _buffer.AsSpan(_start, consumed).Count((byte)'\n');
        _start += consumed;
        _state = state;
    }

    /// <summary>Gets more bytes; false where a single token fills all the memory there is for it.</summary>
    private bool TryFill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            if (_buffer.Length > 2 * MaxItem)
            {
                return false;
            }

            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var isFirst = _line == 1 && _containers.Count == 0 && _end == 0;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), isFirst ? 3 : 1, throwOnEndOfStream: false);
        _end += read;
        _isEnd = read == 0;
        if (isFirst && _buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
        {
            _start = Encoding.UTF8.Preamble.Length;
        }

        return true;
    }

    /// <summary>What no JSON text starts with is no text either: UTF-16, or a program.</summary>
    private DropReason Fault() =>
        _end > _start && (_buffer[_start] >= 0x80 || _buffer.AsSpan(_start, Math.Min(64, _end - _start)).Contains((byte)0)) ? DropReason.NotText : DropReason.Malformed;
}
