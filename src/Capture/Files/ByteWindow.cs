namespace MediaSecurityLite.Capture.Files;

/// <summary>A window that slides over a stream: what was read and not yet passed over lies in one piece of memory.</summary>
internal sealed class ByteWindow(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[1 << 20];
    private int _start;
    private int _end;

    /// <summary>What lies in the window.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads on until the window holds at least <paramref name="count"/> bytes. False at the end of the stream.</summary>
    public bool TryEnsure(int count)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (count > _buffer.Length)
        {
            Array.Resize(ref _buffer, count);
        }

        while (_end < count)
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    /// <summary>Moves the window's start.</summary>
    public void Pass(int count) => _start += count;

    /// <summary>What the window holds and all that follows, as a stream again.</summary>
    public Stream AsStream() => new Concatenated(Bytes.ToArray(), stream);

    public void Dispose() => stream.Dispose();

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
