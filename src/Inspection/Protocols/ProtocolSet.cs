using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Dns;
using MediaSecurityLite.Inspection.Protocols.Http;
using MediaSecurityLite.Inspection.Protocols.Tls;

namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>Answer of a probe that looks at the first bytes of a flow.</summary>
internal enum Probe : byte
{
    No,
    Yes,

    /// <summary>Too few bytes to say.</summary>
    NeedMore,
}

/// <summary>
/// The protocols the engine knows: how each is recognised by its first bytes, and the pool of its parsers. Adding a protocol
/// is one line here and one folder beside.
/// </summary>
internal sealed class ProtocolSet
{
    /// <summary>A stream that nothing recognised in this many first bytes is not looked at further.</summary>
    public const int MaxProbeBytes = 4096;

    private readonly Stack<ProtocolParser>[] _pools =
        [.. Enum.GetValues<AppProtocol>().Select(_ => new Stack<ProtocolParser>())];

    /// <summary>Recognises a TCP stream by its first bytes in one direction.</summary>
    public static Probe ProbeStream(ReadOnlySpan<byte> data, Direction direction, Flow flow, out AppProtocol protocol)
    {
        var isUndecided = false;
        if (Found(TlsProbe.Stream(data), AppProtocol.Tls, ref isUndecided, out protocol)
            || Found(HttpProbe.Stream(data, direction), AppProtocol.Http, ref isUndecided, out protocol)
            || Found(DnsProbe.Stream(data, flow), AppProtocol.Dns, ref isUndecided, out protocol))
        {
            return Probe.Yes;
        }

        return isUndecided ? Probe.NeedMore : Probe.No;
    }

    /// <summary>Recognises a datagram.</summary>
    public static AppProtocol ProbeDatagram(ReadOnlySpan<byte> data, Flow flow) =>
        DnsProbe.Datagram(data, flow) ? AppProtocol.Dns : AppProtocol.Failed;

    /// <summary>A parser in its first state.</summary>
    public ProtocolParser Take(AppProtocol protocol) => _pools[(int)protocol].TryPop(out var parser) ? parser : protocol switch
    {
        AppProtocol.Dns => new DnsParser(),
        AppProtocol.Tls => new TlsParser(),
        AppProtocol.Http => new HttpParser(),
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "no parser"),
    };

    /// <summary>Takes a parser back.</summary>
    public void Return(ProtocolParser parser)
    {
        parser.Reset();
        _pools[(int)parser.Protocol].Push(parser);
    }

    private static bool Found(Probe answer, AppProtocol candidate, ref bool isUndecided, out AppProtocol protocol)
    {
        protocol = answer == Probe.Yes ? candidate : AppProtocol.Unknown;
        isUndecided |= answer == Probe.NeedMore;
        return answer == Probe.Yes;
    }
}
