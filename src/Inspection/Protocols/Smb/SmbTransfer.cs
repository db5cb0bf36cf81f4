using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>One direction of an open file: what is read from it, or written to it, from its start on.</summary>
internal sealed class SmbTransfer(Direction direction)
{
    private TrackedFile? _file;
    private bool _isOutOfStep;

    /// <summary>Counts the files that went through here, so that a reader in the middle of one does not go on in the next.</summary>
    public int Turn { get; private set; }

    /// <summary>Data at a place in the file follows.</summary>
    public void Seek(Observations observations, ReadOnlySpan<byte> name, ulong offset)
    {
        if (_file is null)
        {
            _file = observations.WantsFiles ? observations.Files.Take() : null;
            _file?.Begin(name, direction);
        }

        // What is read twice counts once; what comes before its turn is a hole.
        var size = (ulong)(_file?.Size ?? 0);
        _isOutOfStep = offset < size;
        if (offset > size)
        {
            _file?.Skip((long)Math.Min(offset - size, long.MaxValue / 2));
        }
    }

    public void Append(ReadOnlySpan<byte> data)
    {
        if (!_isOutOfStep)
        {
            _file?.Append(data);
        }
    }

    public void Skip(long length)
    {
        if (!_isOutOfStep)
        {
            _file?.Skip(length);
        }
    }

    /// <summary>No more data will come.</summary>
    public void End(Observations observations, Flow flow, bool isComplete)
    {
        Turn++;
        if (_file is { } file)
        {
            file.End(isComplete);
            observations.File(flow, file);
            observations.Files.Return(file);
            _file = null;
        }
    }
}
