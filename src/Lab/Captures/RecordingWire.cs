using System.IO.Pipelines;

namespace MediaSecurityLite.Lab.Captures;

/// <summary>One end of a connection in memory that reports whatever is sent over it.</summary>
internal sealed class RecordingWire(PipeReader incoming, PipeWriter outgoing, Action<byte[]> sent) : Stream
{
    private readonly Stream _incoming = incoming.AsStream();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _incoming.ReadAsync(buffer, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Reported before it can be read: the other side's answer must come after it in the record.
        sent(buffer.ToArray());
        await outgoing.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // Nothing is held back: writing is asynchronous and complete when it returns.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _incoming.Dispose();
            outgoing.Complete();
        }

        base.Dispose(disposing);
    }
}
