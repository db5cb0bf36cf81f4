namespace MediaSecurityLite.Capture;

/// <summary>A source cannot be opened or read on. The message is one line that a user can act upon.</summary>
public sealed class CaptureException : Exception
{
    public CaptureException(string message)
        : base(message)
    {
    }

    public CaptureException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
