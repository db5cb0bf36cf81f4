using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Ike;

/// <summary>IKE: one record for each message that is in clear (the start of an exchange of keys).</summary>
internal sealed class IkeParser : ProtocolParser
{
    /// <summary>A peer that never answers is asked again and again; what is repeated tells nothing.</summary>
    private const int MaxRecords = 8;

    private int _records;

    public override AppProtocol Protocol => AppProtocol.Ike;

    public static bool Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow) => IkeMessage.TryRead(data, out _);

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (_records < MaxRecords && IkeMessage.TryRead(data, out var message) && !message.IsEncrypted)
        {
            _records++;
            observations.Ike(flow, message);
        }
    }

    public override void Reset() => _records = 0;
}
