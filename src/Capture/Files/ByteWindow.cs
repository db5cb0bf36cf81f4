namespace MediaSecurityLite.Capture.Files;

/// <summary>
/// A window that slides over a stream: what was read and not yet passed over lies in one piece of memory. While it is used, the
/// next piece is read.
/// </summary>
internal sealed class ByteWindow : IDisposable
{
    private const int Piece = 1 << 20;

    /// <summary>Room before the piece that is read ahead, for what is left of the one before.</summary>
    private const int Headroom = 64 << 10;

    private readonly Stream _stream;
    private readonly BesideWork _reading;
    private byte[] _buffer = new byte[Piece];
    private byte[] _ahead = [];
    private int _start;
    private int _end;
    private int _aheadEnd;
    private bool _isReadingAhead;

    public ByteWindow(Stream stream)
    {
        _stream = stream;
        _reading = new BesideWork(ReadAhead);
    }

    /// <summary>What lies in the window.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads on until the window holds at least <paramref name="count"/> bytes. False at the end of the stream.</summary>
    public bool TryEnsure(int count)
    {
        while (_end - _start < count)
        {
            // What comes first tells what the stream is, and may be read on as another one: nothing is read ahead yet.
            if (!(_isReadingAhead ? TakeAhead() : Read(count)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Moves the window's start.</summary>
    public void Pass(int count)
    {
        _start += count;
        if (!_isReadingAhead && _start >= Headroom)
        {
            _ahead = new byte[Headroom + Piece];
            _isReadingAhead = true;
            _reading.Begin();
        }
    }

    /// <summary>What the window holds and all that follows, as a stream again; to be asked for before anything was passed over.</summary>
    public Stream AsStream() => new Concatenated(Bytes.ToArray(), _stream);

    public void Dispose()
    {
        _reading.Dispose();
        _stream.Dispose();
    }

    private void ReadAhead()
    {
        _aheadEnd = Headroom;
        _aheadEnd += _stream.Read(_ahead, Headroom, Piece);
    }

    private bool Read(int count)
    {
        MakeRoom(count);
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    /// <summary>Goes on to what was read ahead, with what is left of the window before it.</summary>
    private bool TakeAhead()
    {
        _reading.Wait();
        var (read, left) = (_aheadEnd - Headroom, _end - _start);
        if (read == 0)
        {
            return false;
        }

        if (left <= Headroom)
        {
            _buffer.AsSpan(_start, left).CopyTo(_ahead.AsSpan(Headroom - left));
            (_buffer, _ahead) = (_ahead, _buffer);
            (_start, _end) = (Headroom - left, _aheadEnd);
            if (_ahead.Length < Headroom + Piece)
            {
                _ahead = new byte[Headroom + Piece];
            }
        }
        else
        {
            // A record of more than a window: rare, so that the bytes may be copied.
            MakeRoom(left + read);
            _ahead.AsSpan(Headroom, read).CopyTo(_buffer.AsSpan(_end));
            _end += read;
        }

        _reading.Begin();
        return true;
    }

    private void MakeRoom(int count)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (count > _buffer.Length)
        {
            Array.Resize(ref _buffer, count);
        }
    }

    private sealed class Concatenated(byte[] head, Stream tail) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_position == head.Length)
            {
                return tail.Read(buffer);
            }

            var length = Math.Min(buffer.Length, head.Length - _position);
            head.AsSpan(_position, length).CopyTo(buffer);
            _position += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                tail.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
