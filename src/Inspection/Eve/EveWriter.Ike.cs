using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Ike;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about IKE.</content>
internal sealed partial class EveWriter
{
    public void Ike(Flow flow, in IkeMessage message, long now)
    {
        // No real message has more payloads; a longer chain is hostile.
        const int MaxPayloads = 32;
        Begin("ike"u8, flow, now);
        Field(",\"ike\":{\"version_major\":"u8, message.MajorVersion);
        Field(",\"version_minor\":"u8, message.MinorVersion);
        Field(",\"exchange_type\":"u8, message.Exchange);
        Field(",\"message_id\":"u8, message.MessageId);
        _json.Raw(",\"init_spi\":\""u8);
        _json.Hex(message.InitiatorSpi);
        _json.Raw("\",\"resp_spi\":\""u8);
        _json.Hex(message.ResponderSpi);
        _json.Raw(message.IsFromInitiator ? "\",\"role\":\"initiator\",\"payload\":["u8 : "\",\"role\":\"responder\",\"payload\":["u8);
        var offset = IkeMessage.HeaderLength;
        var next = message.FirstPayload;
        for (var i = 0; i < MaxPayloads; i++)
        {
            var type = next;
            if (!message.TryReadPayload(ref offset, ref next, out _))
            {
                break;
            }

            Field(i == 0 ? default : ","u8, PayloadName(type));
        }

        _json.Raw("]}"u8);
        End();
    }

    /// <summary>IANA ikev2-parameters (from 33) and ipsec-registry (below): payload types.</summary>
    private static ReadOnlySpan<byte> PayloadName(byte type) => type switch
    {
        1 or 33 => "SecurityAssociation"u8,
        2 => "Proposal"u8,
        3 => "Transform"u8,
        4 or 34 => "KeyExchange"u8,
        5 => "Identification"u8,
        6 or 37 => "Certificate"u8,
        7 or 38 => "CertificateRequest"u8,
        8 => "Hash"u8,
        9 => "Signature"u8,
        10 or 40 => "Nonce"u8,
        11 or 41 => "Notification"u8,
        12 or 42 => "Delete"u8,
        13 or 43 => "VendorID"u8,
        20 => "NATDiscovery"u8,
        35 => "IdInitiator"u8,
        36 => "IdResponder"u8,
        39 => "Authentication"u8,
        44 => "TrafficSelectorInitiator"u8,
        45 => "TrafficSelectorResponder"u8,
        46 or 53 => "EncryptedAndAuthenticated"u8,
        47 => "Configuration"u8,
        48 => "ExtensibleAuthentication"u8,
        _ => "Unknown"u8,
    };
}
