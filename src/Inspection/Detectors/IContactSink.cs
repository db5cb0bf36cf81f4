using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>
/// Is told what terminals talk to, as it is held against patterns: once per name, URL or flow, not per packet. Called by the thread that
/// inspects, so it must neither wait nor allocate.
/// </summary>
public interface IContactSink
{
    /// <summary>A terminal asks for a name, or for a URL.</summary>
    /// <param name="terminal">Who asks.</param>
    /// <param name="host">As patterns are asked for it.</param>
    /// <param name="target">Path and query; empty where none was seen.</param>
    /// <param name="isLookup">Asked of DNS only.</param>
    /// <param name="now">Nanoseconds since 1970-01-01 UTC.</param>
    void OnName(IpAddress terminal, ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, bool isLookup, long now);

    /// <summary>A terminal talks to an address.</summary>
    void OnAddress(IpAddress terminal, IpAddress remote, ushort port, long now);
}
