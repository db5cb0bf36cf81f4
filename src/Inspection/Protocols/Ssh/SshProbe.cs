using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Ssh;

/// <summary>Recognises SSH by its identification (RFC 4253, 4.2).</summary>
internal static class SshProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data) => TextProbe.Starts(data, "SSH-"u8);
}
