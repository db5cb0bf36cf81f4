using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Syslog;

/// <summary>Syslog over UDP (RFC 5426). One record per flow: who logs, not what.</summary>
internal sealed class SyslogParser : ProtocolParser
{
    private const ushort Port = 514;

    /// <summary>RFC 5424, 6: priority, version, timestamp, host name (255) and program (48) with the spaces between.</summary>
    private const int MaxHeadLength = 384;

    private bool _isReported;

    public override AppProtocol Protocol => AppProtocol.Syslog;

    /// <summary>Elsewhere than on its port a timestamp must follow, for much text starts with an angle bracket.</summary>
    public static bool Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        SyslogMessage.TryRead(data, out var message) && (message.HasTimestamp || flow.HasPort(Port));

    /// <summary>RFC 6587: over TCP with a length before it, or as it is.</summary>
    public static Probe StreamProbe(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        const int Enough = 32;
        var start = data[0] == '<' ? 0 : data[..Math.Min(data.Length, 6)].IndexOf((byte)' ') + 1;
        var isCounted = start == 0 || data[..(start - 1)].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (!isCounted || (data[0] != '<' && start == 0 && data.Length >= 6) || (start < data.Length && data[start] != '<'))
        {
            return Protocols.Probe.No;
        }

        if (data.Length < start + Enough)
        {
            return Protocols.Probe.NeedMore;
        }

        return SyslogMessage.TryRead(data[start..], out var message) && message.HasTimestamp ? Protocols.Probe.Yes : Protocols.Probe.No;
    }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        // A line, or as many bytes as the number before it says: enough for the head in either form.
        if (data.Length < MaxHeadLength && data.IndexOf((byte)'\n') < 0)
        {
            return 0;
        }

        ReadStart(observations, flow, direction, data);
        return -1;
    }

    public override void End(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> unread)
    {
        if (!unread.IsEmpty)
        {
            ReadStart(observations, flow, direction, unread);
        }
    }

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (!_isReported && SyslogMessage.TryRead(data, out var message))
        {
            _isReported = true;
            observations.Syslog(flow, message);
        }
    }

    public override void Reset() => _isReported = false;

    private void ReadStart(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        // No further than the head, however much more has come at once.
        var head = data[..Math.Min(data.Length, MaxHeadLength)];
        var end = head.IndexOf((byte)'\n');
        head = end < 0 ? head : head[..end];
        ReadDatagram(observations, flow, direction, head is [(byte)'<', ..] ? head : head[(head.IndexOf((byte)' ') + 1)..]);
    }
}
