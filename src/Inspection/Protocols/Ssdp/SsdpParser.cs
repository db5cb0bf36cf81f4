using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Ssdp;

/// <summary>SSDP, the discovery of UPnP (UPnP Device Architecture 2.0, section 1): headers as in HTTP, in one datagram. One record per flow and kind of device.</summary>
internal sealed class SsdpParser : ProtocolParser
{
    private const ushort Port = 1900;

    /// <summary>A device announces each of its services; the first few say what it is.</summary>
    private const int MaxRecords = 4;

    /// <summary>Headers of one message.</summary>
    private const int MaxHeaders = 32;

    private int _records;

    public override AppProtocol Protocol => AppProtocol.Ssdp;

    public static bool Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        data.StartsWith("M-SEARCH * HTTP/1."u8)
        || data.StartsWith("NOTIFY * HTTP/1."u8)
        || (data.StartsWith("HTTP/1.1 200 "u8) && (flow.HasPort(Port) || data.IndexOf("\nUSN:"u8) > 0));

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (_records == MaxRecords)
        {
            return;
        }

        _records++;
        observations.Ssdp(flow, Read(data));
    }

    public override void Reset() => _records = 0;

    private static SsdpMessage Read(ReadOnlySpan<byte> data)
    {
        var message = default(SsdpMessage);
        message.Method = TakeLine(ref data);
        for (var i = 0; i < MaxHeaders && !data.IsEmpty; i++)
        {
            message.Take(TakeLine(ref data));
        }

        return message;
    }

    private static ReadOnlySpan<byte> TakeLine(scoped ref ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)'\n');
        var line = end < 0 ? data : data[..end];
        data = end < 0 ? default : data[(end + 1)..];
        return line.TrimEnd((byte)'\r');
    }
}
