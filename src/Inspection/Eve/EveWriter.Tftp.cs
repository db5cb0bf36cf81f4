using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about TFTP requests.</content>
internal sealed partial class EveWriter
{
    public void Tftp(Flow flow, bool isRead, ReadOnlySpan<byte> file, ReadOnlySpan<byte> mode, long now)
    {
        Begin("tftp"u8, flow, now);
        Field(",\"tftp\":{\"packet\":"u8, isRead ? "read"u8 : "write"u8);
        Field(",\"file\":"u8, file);
        Field(",\"mode\":"u8, mode);
        _json.Raw("}"u8);
        End();
    }
}
