using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Telnet;

/// <summary>Recognises telnet by the options that both sides negotiate first (RFC 854): <c>| IAC | WILL, WONT, DO, DONT | option |</c>.</summary>
internal static class TelnetProbe
{
    private const byte InterpretAsCommand = 255;
    private const byte LastOption = 49;
    private const byte ExtendedOptions = 255;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length < 2)
        {
            return Probe.NeedMore;
        }

        if (data[0] != InterpretAsCommand || data[1] is < 251 or > 254)
        {
            return Probe.No;
        }

        return data.Length < 3 ? Probe.NeedMore : data[2] is <= LastOption or ExtendedOptions ? Probe.Yes : Probe.No;
    }
}
