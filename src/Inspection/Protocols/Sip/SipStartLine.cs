namespace MediaSecurityLite.Inspection.Protocols.Sip;

/// <summary>The first line of a message (RFC 3261, 7.1 and 7.2): <c>METHOD uri SIP/2.0</c> or <c>SIP/2.0 code reason</c>.</summary>
internal readonly ref struct SipStartLine
{
    private static ReadOnlySpan<byte> VersionPrefix => "SIP/"u8;

    /// <summary>The whole line.</summary>
    public ReadOnlySpan<byte> Line { get; private init; }

    /// <summary>Empty in a response.</summary>
    public ReadOnlySpan<byte> Method { get; private init; }

    public ReadOnlySpan<byte> Uri { get; private init; }

    public ReadOnlySpan<byte> Version { get; private init; }

    public ReadOnlySpan<byte> Code { get; private init; }

    public ReadOnlySpan<byte> Reason { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> line, out SipStartLine start)
    {
        start = default;
        var first = line.IndexOf((byte)' ');
        if (first <= 0)
        {
            return false;
        }

        var rest = line[(first + 1)..];
        if (line.StartsWith(VersionPrefix))
        {
            var codeEnd = rest.IndexOf((byte)' ');
            var code = codeEnd < 0 ? rest : rest[..codeEnd];
            start = new SipStartLine { Line = line, Version = line[..first], Code = code, Reason = codeEnd < 0 ? default : rest[(codeEnd + 1)..] };
            return code.Length == 3 && code.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        }

        var last = rest.LastIndexOf((byte)' ');
        if (last <= 0 || !rest[(last + 1)..].StartsWith(VersionPrefix) || line[..first].IndexOfAnyExceptInRange((byte)'A', (byte)'Z') >= 0)
        {
            return false;
        }

        start = new SipStartLine { Line = line, Method = line[..first], Uri = rest[..last], Version = rest[(last + 1)..] };
        return true;
    }
}
