using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>Recognises RTSP (RFC 7826, section 7): a request line whose target or version says so, or a status line.</summary>
internal static class RtspProbe
{
    private const int MaxMethodLength = 13;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        var status = Prefix.Match(data, "RTSP/"u8);
        if (status != Probe.No)
        {
            return status;
        }

        var space = data[..Math.Min(data.Length, MaxMethodLength + 1)].IndexOf((byte)' ');
        if (space < 0)
        {
            return IsMethodStart(data) ? Probe.NeedMore : Probe.No;
        }

        return IsMethod(data[..space]) ? Prefix.Match(data[(space + 1)..], "rtsp"u8) : Probe.No;
    }

    private static bool IsMethod(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("OPTIONS"u8) || word.SequenceEqual("DESCRIBE"u8) || word.SequenceEqual("SETUP"u8) || word.SequenceEqual("PLAY"u8)
        || word.SequenceEqual("ANNOUNCE"u8) || word.SequenceEqual("TEARDOWN"u8) || word.SequenceEqual("GET_PARAMETER"u8) || word.SequenceEqual("RECORD"u8);

    private static bool IsMethodStart(ReadOnlySpan<byte> data) =>
        "OPTIONS"u8.StartsWith(data) || "DESCRIBE"u8.StartsWith(data) || "SETUP"u8.StartsWith(data) || "PLAY"u8.StartsWith(data)
        || "ANNOUNCE"u8.StartsWith(data) || "TEARDOWN"u8.StartsWith(data) || "GET_PARAMETER"u8.StartsWith(data) || "RECORD"u8.StartsWith(data);
}
