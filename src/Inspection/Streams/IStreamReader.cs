using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>Takes the bytes of connections in order.</summary>
internal interface IStreamReader
{
    /// <summary>Takes what it can use. What it leaves is shown again, with more behind it, as soon as more has come.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="direction">Which of its streams.</param>
    /// <param name="data">Everything not taken yet, in order.</param>
    /// <param name="wanted">Set to the number of bytes without which another call is useless; 0 for any.</param>
    /// <returns>Bytes taken; negative: no interest in this connection any more.</returns>
    int Read(Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted);

    /// <summary>Bytes are missing for good.</summary>
    /// <returns>False: no interest in this connection any more.</returns>
    bool Skip(Flow flow, Direction direction, uint length);

    /// <summary>The stream has ended; what was left unread is shown for the last time.</summary>
    void End(Flow flow, Direction direction, ReadOnlySpan<byte> unread);
}
