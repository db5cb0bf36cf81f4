using MediaSecurityLite.Capture;
using MediaSecurityLite.Inspection.Eve;

namespace MediaSecurityLite.Gateway.Replay;

/// <summary>Writes records to a file or to standard output, beside the inspection.</summary>
internal sealed class RecordStream : IRecordOutput, IDisposable
{
    private readonly Stream _stream;
    private readonly BesideWork _writing;
    private byte[] _lines = [];
    private int _length;

    public RecordStream(Stream stream)
    {
        _stream = stream;
        _writing = new BesideWork(() => _stream.Write(_lines, 0, _length));
    }

    public void Write(ReadOnlySpan<byte> lines)
    {
        _writing.Wait();
        if (lines.Length > _lines.Length)
        {
            _lines = new byte[lines.Length];
        }

        lines.CopyTo(_lines);
        _length = lines.Length;
        _writing.Begin();
    }

    /// <summary>Waits until everything is written.</summary>
    /// <exception cref="IOException">The last records could not be written.</exception>
    public void Dispose()
    {
        try
        {
            _writing.Wait();
        }
        finally
        {
            _writing.Dispose();
            _stream.Dispose();
        }
    }
}
