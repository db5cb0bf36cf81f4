using System.Text;
using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>
/// Reads a mail as its text passes (RFC 5322, RFC 2045, RFC 2046): header, nested parts, and the files among them, decoded
/// and hashed without being held. Mail protocols cut the mail out of their stream and bring it here in pieces of any size.
/// </summary>
internal sealed class MimeReader
{
    /// <summary>Parts within parts; deeper ones are taken for plain text.</summary>
    private const int MaxDepth = 16;

    /// <summary>Of a longer header only the start is read.</summary>
    private const int MaxHeader = 8192;

    private readonly LineAssembler _lines = new();
    private readonly MimePart _part = new();
    private readonly MimeBoundaries _boundaries = new(MaxDepth);
    private readonly KeptField _header = new(MaxHeader);
    private readonly byte[] _decoded = new byte[LineAssembler.MaxLength + 8];
    private TrackedFile? _file;
    private Base64Decoder _base64;
    private QuotedPrintableDecoder _quotedPrintable;
    private Place _place;
    private int _pendingEnd;
    private bool _isOwnHeader;
    private Direction _direction;
    private int _transaction;

    private enum Place : byte
    {
        Header,

        /// <summary>Text that is no file, and what stands before, between and after parts.</summary>
        PassingOver,
        File,
    }

    public EmailMessage Message { get; } = new();

    /// <summary>A mail starts.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="transaction">Its number in the flow.</param>
    public void Begin(Direction direction, int transaction)
    {
        _direction = direction;
        _transaction = transaction;
        Message.Clear();
        _lines.Clear();
        _boundaries.Clear();
        _header.Clear();
        _isOwnHeader = true;
        StartPart();
    }

    /// <summary>The next bytes of the mail.</summary>
    public void Append(Observations observations, Flow flow, ReadOnlySpan<byte> bytes)
    {
        if (_place == Place.PassingOver && _boundaries.Depth == 0)
        {
            return;
        }

        while (!bytes.IsEmpty && _lines.TryTake(ref bytes, out var line))
        {
            Take(observations, flow, line);
        }
    }

    /// <summary>Bytes of the mail are missing.</summary>
    public void Skip(long length)
    {
        _lines.Skip();
        _file?.Skip(length);
    }

    /// <summary>The mail is over, or no more of it will be seen.</summary>
    public void End(Observations observations, Flow flow, bool isComplete)
    {
        if (_lines.TryTakeLast(out var line))
        {
            Take(observations, flow, line);
        }

        if (_place == Place.Header)
        {
            EndHeaderField();
        }

        EndFile(observations, flow, isComplete);
        Message.IsComplete = isComplete;
        _place = Place.PassingOver;
        _boundaries.Clear();
    }

    private void Take(Observations observations, Flow flow, TextLine line)
    {
        if (line.IsStart && _boundaries.TryMatch(line.Text, out var isClosing))
        {
            _pendingEnd = 0;
            EndFile(observations, flow, isComplete: true);
            if (_place == Place.Header)
            {
                EndHeaderField();
            }

            _isOwnHeader = false;
            StartPart();
            _place = isClosing ? Place.PassingOver : Place.Header;
        }
        else if (_place == Place.Header)
        {
            TakeHeader(observations, line);
        }
        else if (_place == Place.File)
        {
            TakeBody(line);
        }
    }

    private void StartPart()
    {
        _part.Clear();
        _place = Place.Header;
        _pendingEnd = 0;
        _base64 = default;
        _quotedPrintable = default;
    }

    private void TakeHeader(Observations observations, TextLine line)
    {
        if (!line.IsStart)
        {
            _header.Append(line.Text);
        }
        else if (line.Text.IsEmpty && line.IsEnd)
        {
            EndHeaderField();
            StartBody(observations);
        }
        else if (line.Text.Length > 0 && line.Text[0] is (byte)' ' or (byte)'\t')
        {
            _header.Append(line.Text);
        }
        else
        {
            EndHeaderField();
            _header.Set(line.Text);
        }
    }

    private void EndHeaderField()
    {
        var header = _header.Value;
        var colon = header.IndexOf((byte)':');
        if (colon > 0)
        {
            var name = header[..colon].TrimEnd(" \t"u8);
            var value = header[(colon + 1)..].Trim(" \t"u8);
            ReadHeaderField(name, value);
        }

        _header.Clear();
    }

    private void ReadHeaderField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(name, "content-type"u8))
        {
            _part.ReadContentType(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "content-disposition"u8))
        {
            _part.ReadContentDisposition(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "content-transfer-encoding"u8))
        {
            _part.ReadTransferEncoding(value);
        }
        else if (_isOwnHeader)
        {
            ReadOwnHeaderField(name, value);
        }
    }

    private void ReadOwnHeaderField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(name, "from"u8))
        {
            Message.From.Set(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "to"u8))
        {
            Message.To.Set(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "cc"u8))
        {
            Message.Cc.Set(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "subject"u8))
        {
            Span<byte> subject = stackalloc byte[1024];
            Message.Subject.Set(subject[..EncodedWord.Decode(value, subject)]);
        }
    }

    private void StartBody(Observations observations)
    {
        Message.HasBody = true;
        if (_part.Boundary.Length > 0 && _boundaries.TryPush(_part.Boundary.Value))
        {
            _place = Place.PassingOver;
        }
        else if (_part.IsMessage && _part.Encoding == TransferEncoding.Identity)
        {
            _isOwnHeader = false;
            StartPart();
        }
        else if (_part.IsFile)
        {
            Message.Attachments.Add(_part.Name.Value);
            _file = observations.WantsFiles ? observations.Files.Take() : null;
            _file?.Begin(_part.Name.Value, _direction, _transaction);
            _place = _file is null ? Place.PassingOver : Place.File;
        }
        else
        {
            _place = Place.PassingOver;
        }
    }

    private void TakeBody(TextLine line)
    {
        switch (_part.Encoding)
        {
            case TransferEncoding.Base64:
                _file!.Append(_decoded.AsSpan(0, _base64.Decode(line.Text, _decoded)));
                break;
            case TransferEncoding.QuotedPrintable:
                AppendPendingEnd();
                var length = _quotedPrintable.Decode(line.Text, line.IsEnd, _decoded, out var isSoftBreak);
                _file!.Append(_decoded.AsSpan(0, length));
                _pendingEnd = isSoftBreak ? 0 : line.EndLength;
                break;
            default:
                AppendPendingEnd();
                _file!.Append(line.Text);
                _pendingEnd = line.EndLength;
                break;
        }
    }

    /// <summary>The end of a line is part of the file only if no boundary follows (RFC 2046, 5.1.1).</summary>
    private void AppendPendingEnd()
    {
        if (_pendingEnd > 0)
        {
            _file!.Append(_pendingEnd == 2 ? "\r\n"u8 : "\n"u8);
            _pendingEnd = 0;
        }
    }

    private void EndFile(Observations observations, Flow flow, bool isComplete)
    {
        if (_file is not { } file)
        {
            return;
        }

        if (_part.Encoding == TransferEncoding.Base64)
        {
            file.Append(_decoded.AsSpan(0, _base64.End(_decoded)));
        }
        else
        {
            AppendPendingEnd();
        }

        file.End(isComplete);
        observations.File(flow, file);
        observations.Files.Return(file);
        _file = null;
    }
}
