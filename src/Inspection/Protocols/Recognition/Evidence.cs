using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition;

/// <summary>
/// What the datagrams of one direction have told so far, for protocols that one datagram alone does not prove (RTP, ESP in
/// UDP, WireGuard's data): a number that stays, and a counter that goes on.
/// </summary>
internal struct Evidence
{
    private AppProtocol _candidate;
    private byte _count;
    private uint _stream;
    private uint _counter;

    /// <summary>Takes one datagram.</summary>
    /// <param name="candidate">The protocol it may be.</param>
    /// <param name="stream">The number that stays.</param>
    /// <param name="counter">The counter; one of fewer bits is to be shifted up so that it wraps as a whole.</param>
    /// <param name="maxStep">How far it may have gone on since the last datagram.</param>
    /// <returns>How many datagrams in a row agree, this one included.</returns>
    public int Add(AppProtocol candidate, uint stream, uint counter, uint maxStep)
    {
        var step = unchecked(counter - _counter);
        var agrees = _candidate == candidate && _stream == stream && step != 0 && step <= maxStep;
        _count = agrees ? (byte)Math.Min(_count + 1, byte.MaxValue) : (byte)1;
        (_candidate, _stream, _counter) = (candidate, stream, counter);
        return _count;
    }
}
