using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Expectations;

namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>
/// Reads the application data of one flow and reports what it finds to <see cref="Observations"/>. Parsers are recycled:
/// <see cref="Reset"/> brings one back to its first state. Every loop and every buffer has a bound; what is malformed is
/// counted and skipped, never thrown.
/// </summary>
internal abstract class ProtocolParser
{
    /// <summary>What it reads.</summary>
    public abstract AppProtocol Protocol { get; }

    /// <summary>
    /// True after a <see cref="Read"/> that met the end of this protocol in mid-connection (STARTTLS, CONNECT, Upgrade): what
    /// was not taken, and all that follows, is recognised anew.
    /// </summary>
    public virtual bool IsHandingOver => false;

    /// <summary>What follows an <see cref="IsHandingOver"/>, where that was agreed upon; unknown where its content has to tell.</summary>
    public virtual AppProtocol Successor => AppProtocol.Unknown;

    /// <summary>
    /// True after a <see cref="Read"/> that ended the wait of the other direction: what that one has left unread is shown
    /// again at once. So a parser can hold back what one side says until the other has answered.
    /// </summary>
    public virtual bool IsOtherDue => false;

    /// <summary>
    /// False as long as what clients send may still name a host, an address or a URL that detectors look at. Parsers that never
    /// report one are settled from the start.
    /// </summary>
    public virtual bool IsSettled => true;

    /// <summary>The flow was announced by another one, which told what it carries; called before anything is read.</summary>
    public virtual void Accept(Expectation expectation)
    {
    }

    /// <summary>Takes bytes of a TCP stream; the contract is that of <see cref="Streams.IStreamReader.Read"/>.</summary>
    public virtual int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted) => -1;

    /// <summary>Bytes of a TCP stream are missing for good. False: nothing more can be read from this flow.</summary>
    public virtual bool Skip(Observations observations, Flow flow, Direction direction, uint length) => false;

    /// <summary>One direction of a TCP stream has ended.</summary>
    public virtual void End(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> unread)
    {
    }

    /// <summary>Takes one UDP datagram.</summary>
    public virtual void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
    }

    /// <summary>The flow is over: reports what was still open.</summary>
    public virtual void Finish(Observations observations, Flow flow)
    {
    }

    /// <summary>Forgets everything.</summary>
    public abstract void Reset();
}
