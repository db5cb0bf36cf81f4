using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Sip;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about SIP messages.</content>
internal sealed partial class EveWriter
{
    public void Sip(Flow flow, Direction direction, in SipStartLine start, long now)
    {
        Begin("sip"u8, flow, now, direction);
        if (start.Method.IsEmpty)
        {
            Field(",\"sip\":{\"version\":"u8, start.Version);
            Field(",\"code\":"u8, start.Code);
            Field(",\"reason\":"u8, start.Reason);
            Field(",\"response_line\":"u8, start.Line);
        }
        else
        {
            Field(",\"sip\":{\"method\":"u8, start.Method);
            Field(",\"uri\":"u8, start.Uri);
            Field(",\"version\":"u8, start.Version);
            Field(",\"request_line\":"u8, start.Line);
        }

        _json.Raw("}"u8);
        End();
    }
}
