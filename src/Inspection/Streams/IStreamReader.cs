using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>Takes the bytes of connections in order.</summary>
internal interface IStreamReader
{
    /// <summary>Looks at the first bytes of a stream whose protocol is not known (<see cref="AppProtocol.Unknown"/>).</summary>
    /// <returns>Yes once it is known; no if nothing will be read from this connection; else the bytes are kept and shown again with more.</returns>
    Probe Recognize(Flow flow, Direction direction, ReadOnlySpan<byte> data);

    /// <summary>Takes what it can use. What it leaves is shown again, with more behind it, as soon as more has come.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="direction">Which of its streams.</param>
    /// <param name="data">Everything not taken yet, in order.</param>
    /// <param name="wanted">Set to the number of bytes without which another call is useless; 0 for any.</param>
    /// <returns>Bytes taken; negative: no interest in this connection any more.</returns>
    int Read(Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted);

    /// <summary>Whether the last <see cref="Read"/> ended the wait of the other direction, whose unread bytes are to be shown again.</summary>
    bool IsOtherDue(Flow flow);

    /// <summary>Bytes are missing for good.</summary>
    /// <returns>False: no interest in this connection any more.</returns>
    bool Skip(Flow flow, Direction direction, uint length);

    /// <summary>The stream has ended; what was left unread is shown for the last time.</summary>
    void End(Flow flow, Direction direction, ReadOnlySpan<byte> unread);
}
