using MediaSecurityLite.Inspection.Compression;
using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>
/// A body on its way: its codings are taken off, and what it carries is followed as a file, or as several where it is a form.
/// One per direction of a connection, used for one message after the other.
/// </summary>
internal sealed class HttpBody(ContentDecoderPool decoders) : IContentSink, IPartSink
{
    private readonly ContentDecoding _decoding = new(decoders);
    private readonly KeptField _name = new(1024);
    private MultipartReader? _multipart;
    private TrackedFile? _file;
    private Observations? _observations;
    private Flow? _flow;
    private HttpTransaction? _transaction;
    private Direction _direction;
    private bool _isForm;
    private bool _isUntracked;

    /// <summary>A message with a body that is of interest goes on.</summary>
    public bool IsOpen => _transaction is not null;

    public void Begin(Observations observations, Flow flow, HttpTransaction transaction, Direction direction, HttpHead head)
    {
        (_observations, _flow, _transaction, _direction) = (observations, flow, transaction, direction);
        _isForm = _isUntracked = false;
        _decoding.Begin(head.ContentEncoding.Value);
        if (direction == Direction.ToClient)
        {
            if (!HttpFileName.TryRead(head.Disposition.Value, _name))
            {
                HttpFileName.FromTarget(transaction.Target.Value, _name);
            }

            return;
        }

        HttpFileName.FromTarget(transaction.Target.Value, _name);
        if (IsForm(head.ContentType.Value))
        {
            _isForm = HttpFileName.TryFindParameter(head.ContentType.Value, "boundary"u8, out var boundary);
            _isUntracked = !_isForm;
            _multipart ??= new MultipartReader();
            _multipart.Begin(boundary);
        }
    }

    public void Append(ReadOnlySpan<byte> bytes) => _decoding.Append(bytes, this);

    public void Skip(long length)
    {
        _decoding.Skip();
        if (_file is null && !_isUntracked && !_isForm)
        {
            Open(_name.Value);
        }

        _file?.Skip(length);
    }

    /// <summary>The message is over, or nothing more of it will be seen.</summary>
    public void End(bool isComplete)
    {
        _decoding.Finish(this);
        Close(isComplete && !_isForm && !_decoding.IsIncomplete);
        _observations = null;
        _flow = null;
        _transaction = null;
    }

    /// <summary>Forgets the message without a report.</summary>
    public void Reset()
    {
        _decoding.End();
        if (_file is { } file)
        {
            _observations!.Files.Return(file);
            _file = null;
        }

        _observations = null;
        _flow = null;
        _transaction = null;
    }

    void IContentSink.Content(ReadOnlySpan<byte> bytes)
    {
        if (_isForm)
        {
            _multipart!.Append(bytes, this);
            return;
        }

        if (_file is null && !_isUntracked)
        {
            Open(_name.Value);
        }

        _file?.Append(bytes);
    }

    void IPartSink.PartBegin(ReadOnlySpan<byte> name) => Open(name);

    void IPartSink.PartContent(ReadOnlySpan<byte> bytes) => _file?.Append(bytes);

    void IPartSink.PartEnd(bool isComplete) => Close(isComplete);

    private void Open(ReadOnlySpan<byte> name)
    {
        _file = _observations!.Files.Take();
        _file?.Begin(name, _direction, _transaction!.Number);
        _isUntracked = _file is null;
        if (_file is not null && _direction == Direction.ToClient && _transaction!.ContentRange.Length > 0)
        {
            var range = HttpRange.Parse(_transaction.ContentRange.Value);
            _file.Range = range.First >= 0 ? (range.First, range.Last) : null;
        }
    }

    private void Close(bool isComplete)
    {
        if (_file is not { } file)
        {
            return;
        }

        file.End(isComplete);
        if (file.Size > 0)
        {
            _observations!.File(_flow!, file, _transaction!);
        }

        _observations!.Files.Return(file);
        _file = null;
    }

    private static bool IsForm(ReadOnlySpan<byte> contentType)
    {
        var form = "multipart/form-data"u8;
        return contentType.Length > form.Length && System.Text.Ascii.EqualsIgnoreCase(contentType[..form.Length], form);
    }
}
