using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Http2;

/// <summary>Recognises HTTP/2 in clear text: by the client's preface (RFC 9113, 3.4), or by the settings a server begins with.</summary>
internal static class Http2Probe
{
    public static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction)
    {
        if (direction == Direction.ToServer)
        {
            var length = Math.Min(data.Length, Preface.Length);
            return !data[..length].SequenceEqual(Preface[..length]) ? Probe.No : length == Preface.Length ? Probe.Yes : Probe.NeedMore;
        }

        // A SETTINGS frame of the connection that acknowledges nothing: a few settings of six bytes each.
        const int MaxLength = 16 * 6;
        ReadOnlySpan<byte> expected = [0, 0, 0, (byte)Http2FrameType.Settings, 0, 0, 0, 0, 0];
        for (var i = 0; i < Math.Min(data.Length, Http2Frame.HeaderLength); i++)
        {
            if (i == 2 ? data[i] % 6 != 0 || data[i] > MaxLength : data[i] != expected[i])
            {
                return Probe.No;
            }
        }

        return data.Length >= Http2Frame.HeaderLength ? Probe.Yes : Probe.NeedMore;
    }
}
