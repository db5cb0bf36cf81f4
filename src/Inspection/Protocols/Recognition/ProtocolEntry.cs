using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition;

/// <summary>Looks at the first bytes that one direction of a stream has brought so far.</summary>
/// <remarks>
/// Answers must not depend on segmentation: a prefix of what is recognised gets <see cref="Probe.NeedMore"/>, never no, and
/// what was refused stays refused with more bytes.
/// </remarks>
internal delegate Probe StreamProbe(ReadOnlySpan<byte> data, Direction direction, Flow flow);

/// <summary>Looks at one datagram.</summary>
internal delegate bool DatagramProbe(ReadOnlySpan<byte> data, Direction direction, Flow flow);

/// <summary>One protocol: how it is recognised, and what reads it.</summary>
/// <param name="Protocol">Its number.</param>
/// <param name="Parser">Makes its parser; null where recognising it is all.</param>
internal sealed record ProtocolEntry(AppProtocol Protocol, Func<ParserResources, ProtocolParser>? Parser = null)
{
    /// <summary>Recognises it in a TCP stream; null where it never runs over TCP.</summary>
    public StreamProbe? Stream { get; init; }

    /// <summary>What such a stream starts with, in either direction.</summary>
    public FirstBytes StreamStart { get; init; } = FirstBytes.Any;

    /// <summary>Recognises it in a datagram; null where it never runs over UDP.</summary>
    public DatagramProbe? Datagram { get; init; }

    /// <summary>What such a datagram starts with.</summary>
    public FirstBytes DatagramStart { get; init; } = FirstBytes.Any;
}
