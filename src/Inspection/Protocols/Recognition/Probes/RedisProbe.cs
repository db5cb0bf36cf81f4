using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>Recognises Redis by a command, an array of strings: <c>*2\r\n$4\r\nAUTH\r\n…</c> (Redis documentation, "RESP protocol spec").</summary>
internal static class RedisProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        var rest = data;
        var count = TakeNumber(ref rest, (byte)'*');
        return count == Probe.Yes ? TakeNumber(ref rest, (byte)'$') : count;
    }

    private static Probe TakeNumber(ref ReadOnlySpan<byte> rest, byte kind)
    {
        const int MaxDigits = 4;
        if (rest.IsEmpty)
        {
            return Probe.NeedMore;
        }

        var digits = 1;
        while (digits < rest.Length && digits <= MaxDigits && rest[digits] is >= (byte)'0' and <= (byte)'9')
        {
            digits++;
        }

        var hasEnd = digits + 1 < rest.Length;
        if (rest[0] != kind || (digits < rest.Length && (digits == 1 || rest[digits] != '\r')) || (hasEnd && rest[digits + 1] != '\n'))
        {
            return Probe.No;
        }

        rest = hasEnd ? rest[(digits + 2)..] : default;
        return hasEnd ? Probe.Yes : Probe.NeedMore;
    }
}
