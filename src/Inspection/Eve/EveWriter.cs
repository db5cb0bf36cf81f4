using System.Globalization;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Eve;

/// <summary>
/// Writes what was observed as EVE records: Suricata 7's field names (its user guide, "EVE JSON Format"), with <c>app</c> on
/// flows and <c>verdict</c> on alerts as our own. One part of this class per record type.
/// </summary>
internal sealed partial class EveWriter(IRecordOutput output)
{
    private readonly JsonBuffer _json = new(output);
    private long _secondFormatted = long.MinValue;
    private readonly byte[] _second = new byte["\"2026-01-01T00:00:00.".Length];

    /// <summary>Hands on what is finished.</summary>
    public void Flush() => _json.Flush();

    /// <summary>The fields that every record starts with.</summary>
    /// <remarks><paramref name="direction"/>: Which way that goes which the record is about: the source is who sends it.</remarks>
    private void Begin(ReadOnlySpan<byte> eventType, Flow flow, long timestamp, Direction direction = Direction.ToServer)
    {
        var isToServer = direction == Direction.ToServer;
        _json.Raw("{\"timestamp\":"u8);
        Timestamp(timestamp);
        _json.Raw(",\"flow_id\":"u8);
        _json.Number(flow.Id);
        _json.Raw(",\"event_type\":\""u8);
        _json.Raw(eventType);
        if (flow.Vlan != 0)
        {
            _json.Raw("\",\"vlan\":["u8);
            _json.Number(flow.Vlan);
            _json.Raw("],\"src_ip\":\""u8);
        }
        else
        {
            _json.Raw("\",\"src_ip\":\""u8);
        }

        _json.Address(isToServer ? flow.Client : flow.Server);
        if (HasPorts(flow.Protocol))
        {
            _json.Raw("\",\"src_port\":"u8);
            _json.Number(isToServer ? flow.ClientPort : flow.ServerPort);
            _json.Raw(",\"dest_ip\":\""u8);
            _json.Address(isToServer ? flow.Server : flow.Client);
            _json.Raw("\",\"dest_port\":"u8);
            _json.Number(isToServer ? flow.ServerPort : flow.ClientPort);
            _json.Raw(",\"proto\":\""u8);
        }
        else
        {
            _json.Raw("\",\"dest_ip\":\""u8);
            _json.Address(isToServer ? flow.Server : flow.Client);
            _json.Raw("\",\"proto\":\""u8);
        }

        Protocol(flow.Protocol);
        _json.Raw("\""u8);
    }

    private void End()
    {
        _json.Raw("}"u8);
        _json.EndLine();
    }

    private void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        _json.Raw(name);
        _json.Text(text);
    }

    private void Field(ReadOnlySpan<byte> name, string text)
    {
        _json.Raw(name);
        _json.Text(text);
    }

    private void Field(ReadOnlySpan<byte> name, long number)
    {
        _json.Raw(name);
        _json.Number(number);
    }

    private void OptionalField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            Field(name, text);
        }
    }

    /// <summary>ISO 8601 with microseconds in UTC; the second is only worked out when it changes.</summary>
    private void Timestamp(long nanoseconds)
    {
        var (second, fraction) = Math.DivRem(nanoseconds, 1_000_000_000);
        if (second != _secondFormatted)
        {
            const long LastSecond = 253_402_300_799; // 9999-12-31T23:59:59
            _secondFormatted = second;
            var time = DateTime.UnixEpoch.AddSeconds(Math.Clamp(second, 0, LastSecond));
            time.TryFormat(_second, out _, "'\"'yyyy-MM-dd'T'HH:mm:ss'.'", CultureInfo.InvariantCulture);
        }

        _json.Raw(_second);
        _json.Padded(fraction / 1000, 6);
        _json.Raw("+0000\""u8);
    }

    private void Protocol(byte protocol)
    {
        var name = ProtocolName(protocol);
        if (name.IsEmpty)
        {
            _json.Padded(protocol, 3);
        }
        else
        {
            _json.Raw(name);
        }
    }

    private static bool HasPorts(byte protocol) => protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;

    private static ReadOnlySpan<byte> ProtocolName(byte protocol) => protocol switch
    {
        IpProtocol.Tcp => "TCP"u8,
        IpProtocol.Udp => "UDP"u8,
        IpProtocol.Icmp => "ICMP"u8,
        IpProtocol.IcmpV6 => "IPv6-ICMP"u8,
        IpProtocol.Sctp => "SCTP"u8,
        2 => "IGMP"u8,
        50 => "ESP"u8,
        51 => "AH"u8,
        88 => "EIGRP"u8,
        89 => "OSPFIGP"u8,
        103 => "PIM"u8,
        112 => "VRRP"u8,
        _ => default,
    };
}
