using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Capture;

/// <summary>What a source says when it is asked for the next frame.</summary>
public enum SourceStatus
{
    /// <summary><see cref="IFrameSource.Current"/> is a new frame.</summary>
    Frame,

    /// <summary>Nothing came within the time the source waits; ask again.</summary>
    Idle,

    /// <summary>There will be no more frames.</summary>
    End,
}

/// <summary>Where frames come from. One thread asks; the bytes of a frame are valid until it asks again.</summary>
public interface IFrameSource : IDisposable
{
    /// <summary>The frame that the last <see cref="MoveNext"/> found.</summary>
    Frame Current { get; }

    /// <summary>Frames lost before they could be read: by the kernel, the driver or the interface.</summary>
    long Dropped { get; }

    /// <summary>Goes to the next frame.</summary>
    /// <exception cref="CaptureException">The source is broken; the message says how, in one line.</exception>
    SourceStatus MoveNext();
}
