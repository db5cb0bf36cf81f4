namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>
/// Reads a form that carries files (RFC 7578, framed as RFC 2046, 5.1.1) as it streams by:
/// <code>
/// --boundary CRLF headers CRLF CRLF content CRLF --boundary ... CRLF --boundary--
/// </code>
/// A delimiter can be matched byte by byte without going back, for CR occurs in it only as its first byte: what was matched in
/// vain is known and handed on as content.
/// </summary>
internal sealed class MultipartReader
{
    /// <summary>RFC 2046, 5.1.1 allows 70; what is read is longer than what is sent.</summary>
    public const int MaxBoundary = 200;

    private readonly byte[] _delimiter = new byte[MaxBoundary + 4];
    private readonly KeptField _line = new(2048);
    private byte[] _folded = [];
    private int _delimiterLength;
    private int _matched;
    private Part _part;
    private bool _hasDash;
    private bool _isFile;

    private enum Part : byte
    {
        /// <summary>Before the first delimiter, and in parts that are no files.</summary>
        Content,

        /// <summary>Behind a delimiter: two dashes mean that it was the last.</summary>
        AfterDelimiter,

        Headers,
        Over,
    }

    /// <summary>The name of the file that goes on; valid while one does.</summary>
    public KeptField FileName { get; } = new(1024);

    /// <summary>Makes ready for a body with this boundary.</summary>
    public void Begin(ReadOnlySpan<byte> boundary)
    {
        "\r\n--"u8.CopyTo(_delimiter);
        boundary[..Math.Min(boundary.Length, MaxBoundary)].CopyTo(_delimiter.AsSpan(4));
        _delimiterLength = Math.Min(boundary.Length, MaxBoundary) + 4;

        // The first delimiter may stand at the very beginning, without the line end before it.
        _matched = 2;
        _part = Part.Content;
        _isFile = false;
        _line.Clear();
    }

    /// <summary>Takes the next bytes of the body.</summary>
    public void Append(ReadOnlySpan<byte> bytes, IPartSink sink)
    {
        while (!bytes.IsEmpty && _part != Part.Over)
        {
            switch (_part)
            {
                case Part.Content:
                    ReadContent(ref bytes, sink);
                    break;
                case Part.AfterDelimiter:
                    ReadAfterDelimiter(ref bytes);
                    break;
                default:
                    ReadHeaderLine(ref bytes, sink);
                    break;
            }
        }
    }

    private void ReadContent(ref ReadOnlySpan<byte> bytes, IPartSink sink)
    {
        var delimiter = _delimiter.AsSpan(0, _delimiterLength);
        while (!bytes.IsEmpty)
        {
            if (_matched == 0)
            {
                var start = bytes.IndexOf((byte)'\r');
                Hand(start < 0 ? bytes : bytes[..start], sink);
                bytes = start < 0 ? default : bytes[(start + 1)..];
                _matched = start < 0 ? 0 : 1;
            }
            else if (bytes[0] == delimiter[_matched])
            {
                bytes = bytes[1..];
                if (++_matched == delimiter.Length)
                {
                    EndPart(sink);
                    return;
                }
            }
            else
            {
                Hand(delimiter[.._matched], sink);
                _matched = 0;
            }
        }
    }

    private void EndPart(IPartSink sink)
    {
        if (_isFile)
        {
            sink.PartEnd(isComplete: true);
        }

        _isFile = _hasDash = false;
        _matched = 0;
        _part = Part.AfterDelimiter;
        _line.Clear();
        FileName.Clear();
    }

    private void ReadAfterDelimiter(ref ReadOnlySpan<byte> bytes)
    {
        var value = bytes[0];
        bytes = bytes[1..];
        if (value == '-')
        {
            _part = _hasDash ? Part.Over : _part;
            _hasDash = true;
        }
        else if (value == '\n')
        {
            _part = Part.Headers;
        }
    }

    private void ReadHeaderLine(ref ReadOnlySpan<byte> bytes, IPartSink sink)
    {
        var end = bytes.IndexOf((byte)'\n');
        _line.Append(end < 0 ? bytes : bytes[..end]);
        bytes = end < 0 ? default : bytes[(end + 1)..];
        if (end < 0)
        {
            return;
        }

        var line = _line.Value.TrimEnd((byte)'\r');
        if (line.IsEmpty)
        {
            _part = Part.Content;
            if (_isFile)
            {
                sink.PartBegin(FileName.Value);
            }
        }
        else if (HttpHeaderLine.TryRead(ref line, isResponse: false, ref _folded, out var header) && header.Is("content-disposition"u8))
        {
            _isFile = HttpFileName.TryRead(header.Value, FileName);
        }

        _line.Clear();
    }

    private void Hand(ReadOnlySpan<byte> content, IPartSink sink)
    {
        if (_isFile && !content.IsEmpty)
        {
            sink.PartContent(content);
        }
    }
}

/// <summary>Receives the files of a form.</summary>
internal interface IPartSink
{
    void PartBegin(ReadOnlySpan<byte> name);

    void PartContent(ReadOnlySpan<byte> bytes);

    void PartEnd(bool isComplete);
}
