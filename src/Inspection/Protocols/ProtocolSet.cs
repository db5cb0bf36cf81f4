using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>Answer of a probe that looks at the first bytes of a stream.</summary>
internal enum Probe : byte
{
    No,
    Yes,

    /// <summary>Too few bytes to say.</summary>
    NeedMore,
}

/// <summary>The parsers of the protocols that <see cref="ProtocolList"/> names, recycled. One per inspector.</summary>
internal sealed class ProtocolSet
{
    /// <summary>A stream that nothing recognised in this many first bytes is not looked at further.</summary>
    public const int MaxProbeBytes = 4096;

    /// <summary>Datagrams of one direction that are looked at before it is given up. The chattiest start known (a call's) decides within five.</summary>
    public const int MaxProbedDatagrams = 8;

    private readonly ParserResources _shared = new();
    private readonly Func<ParserResources, ProtocolParser>?[] _makers = new Func<ParserResources, ProtocolParser>?[Enum.GetValues<AppProtocol>().Length];
    private readonly Stack<ProtocolParser>[] _pools =
        [.. Enum.GetValues<AppProtocol>().Select(_ => new Stack<ProtocolParser>())];

    public ProtocolSet()
    {
        foreach (var entry in ProtocolList.Entries)
        {
            _makers[(int)entry.Protocol] ??= entry.Parser;
        }
    }

    /// <summary>A parser in its first state; null for a protocol that is only recognised.</summary>
    public ProtocolParser? Take(AppProtocol protocol) =>
        _pools[(int)protocol].TryPop(out var parser) ? parser : _makers[(int)protocol]?.Invoke(_shared);

    /// <summary>Takes a parser back.</summary>
    public void Return(ProtocolParser parser)
    {
        parser.Reset();
        _pools[(int)parser.Protocol].Push(parser);
    }
}
