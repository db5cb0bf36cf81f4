using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about files.</content>
internal sealed partial class EveWriter
{
    public void File(Flow flow, TrackedFile file, long now)
    {
        Begin("fileinfo"u8, flow, now);
        AppProto(flow);
        Field(",\"fileinfo\":{\"filename\":"u8, file.Name.Value);
        _json.Raw(file.HasGaps ? ",\"gaps\":true"u8 : ",\"gaps\":false"u8);
        Field(",\"state\":"u8, file.IsComplete ? "CLOSED"u8 : "TRUNCATED"u8);
        if (file.IsComplete && !file.HasGaps)
        {
            _json.Raw(",\"sha256\":\""u8);
            _json.Hex(file.Digest);
            _json.Raw("\""u8);
        }

        Field(",\"size\":"u8, file.Size);
        _json.Raw("}"u8);
        End();
    }
}
