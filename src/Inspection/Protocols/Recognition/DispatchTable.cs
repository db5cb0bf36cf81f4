using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition;

/// <summary>
/// The probes that a first byte leaves to be asked, in the order of the protocol list. Built once from
/// <see cref="ProtocolList.Entries"/>; an unknown flow costs one look-up and a handful of refusals.
/// </summary>
internal static class DispatchTable
{
    private static readonly Row<StreamProbe>[][] Streams = Build(entry => (entry.Stream, entry.StreamStart));
    private static readonly Row<DatagramProbe>[][] Datagrams = Build(entry => (entry.Datagram, entry.DatagramStart));

    /// <summary>
    /// Recognises a TCP stream by its first bytes in one direction. Order is priority: a protocol is not taken while one that
    /// stands before it may still be meant, or the answer would depend on where the segments were cut.
    /// </summary>
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow, out AppProtocol protocol)
    {
        protocol = AppProtocol.Unknown;
        foreach (var row in Streams[data[0]])
        {
            var answer = row.Probe(data, direction, flow);
            if (answer == Probe.No)
            {
                continue;
            }

            protocol = answer == Probe.Yes ? row.Protocol : AppProtocol.Unknown;
            return answer;
        }

        return Probe.No;
    }

    /// <summary>Recognises a datagram; <see cref="AppProtocol.Unknown"/> where nothing does.</summary>
    public static AppProtocol Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        foreach (var row in Datagrams[data[0]])
        {
            if (row.Probe(data, direction, flow))
            {
                return row.Protocol;
            }
        }

        return AppProtocol.Unknown;
    }

    private static Row<T>[][] Build<T>(Func<ProtocolEntry, (T? Probe, FirstBytes Start)> select)
        where T : Delegate
    {
        var rows = new Row<T>[256][];
        for (var first = 0; first < rows.Length; first++)
        {
            rows[first] =
            [
                .. from entry in ProtocolList.Entries
                   let way = @select(entry)
                   where way.Probe is not null && way.Start.Contains((byte)first)
                   select new Row<T>(entry.Protocol, way.Probe!),
            ];
        }

        return rows;
    }

    private readonly record struct Row<T>(AppProtocol Protocol, T Probe);
}
