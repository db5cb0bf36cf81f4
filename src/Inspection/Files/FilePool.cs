namespace MediaSecurityLite.Inspection.Files;

/// <summary>The tracked files of one inspector, recycled. A reader takes one when a file begins and returns it once it was reported.</summary>
internal sealed class FilePool(FileTrackingOptions options)
{
    private readonly Stack<TrackedFile> _free = new();
    private int _taken;

    /// <summary>Files that passed untracked because <see cref="FileTrackingOptions.MaxOpen"/> was reached.</summary>
    public long Refused { get; private set; }

    /// <returns>Null if the bound is reached.</returns>
    public TrackedFile? Take()
    {
        if (_taken == options.MaxOpen)
        {
            Refused++;
            return null;
        }

        _taken++;
        return _free.TryPop(out var file) ? file : new TrackedFile(options.MaxBytes);
    }

    public void Return(TrackedFile file)
    {
        _taken--;
        _free.Push(file);
    }
}
