using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Stun;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about STUN and TURN: Suricata has none, the names are ours.</content>
internal sealed partial class EveWriter
{
    public void Stun(Flow flow, StunParser session, long now)
    {
        Begin("stun"u8, flow, now);
        Field(",\"stun\":{\"method\":"u8, session.Method switch
        {
            1 => "binding"u8,
            2 => "shared_secret"u8,
            3 => "allocate"u8,
            4 => "refresh"u8,
            6 => "send"u8,
            7 => "data"u8,
            8 => "create_permission"u8,
            9 => "channel_bind"u8,
            10 => "connect"u8,
            _ => "other"u8,
        });
        OptionalField(",\"software\":"u8, session.Software.Value);
        OptionalField(",\"realm\":"u8, session.Realm.Value);
        if (session.HasMappedAddress)
        {
            Address(",\"mapped_ip\":\""u8, session.MappedAddress);
            Field(",\"mapped_port\":"u8, session.MappedPort);
        }

        _json.Raw(session.CarriesDtls ? ",\"dtls\":true"u8 : default);
        _json.Raw(session.CarriesMedia ? ",\"rtp\":true"u8 : default);
        _json.Raw(session.CarriesChannels ? ",\"channels\":true"u8 : default);
        _json.Raw("}"u8);
        End();
    }
}
