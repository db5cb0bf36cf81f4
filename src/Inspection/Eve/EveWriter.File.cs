using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Http;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about files.</content>
internal sealed partial class EveWriter
{
    public void File(Flow flow, TrackedFile file, long now)
    {
        Begin("fileinfo"u8, flow, now, file.Direction);
        FileFields(flow, file);
        End();
    }

    public void File(Flow flow, TrackedFile file, HttpTransaction transaction, long now)
    {
        Begin("fileinfo"u8, flow, now, file.Direction);
        HttpFields(transaction);
        FileFields(flow, file);
        End();
    }

    private void FileFields(Flow flow, TrackedFile file)
    {
        AppProto(flow);
        Field(",\"fileinfo\":{\"filename\":"u8, file.Name.Value);
        OptionalField(",\"magic\":"u8, file.Magic);
        _json.Raw(file.HasGaps ? ",\"gaps\":true"u8 : ",\"gaps\":false"u8);
        Field(",\"state\":"u8, file.IsComplete && !file.HasGaps ? "CLOSED"u8 : "TRUNCATED"u8);
        if (file.HasDigest)
        {
            _json.Raw(",\"sha256\":\""u8);
            _json.Hex(file.Digest);
            _json.Raw("\""u8);
        }

        _json.Raw(",\"stored\":false"u8);
        Field(",\"size\":"u8, file.Size);
        if (file.Range is { } range)
        {
            Field(",\"start\":"u8, range.First);
            Field(",\"end\":"u8, range.Last);
        }

        Field(",\"tx_id\":"u8, file.Transaction);
        _json.Raw("}"u8);
    }
}
