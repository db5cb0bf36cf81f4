using MediaSecurityLite.Inspection.Eve;

namespace MediaSecurityLite.Gateway.Replay;

/// <summary>Writes records to a file or to standard output.</summary>
internal sealed class RecordStream(Stream stream) : IRecordOutput, IDisposable
{
    public void Write(ReadOnlySpan<byte> lines) => stream.Write(lines);

    public void Dispose() => stream.Dispose();
}
