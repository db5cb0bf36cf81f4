using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Smb;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about SMB: what the two sides agreed to speak.</content>
internal sealed partial class EveWriter
{
    public void Smb(Flow flow, SmbNegotiation negotiation, long now)
    {
        Begin("smb"u8, flow, now);
        Field(",\"smb\":{\"dialect\":"u8, negotiation.Chosen.Length == 0 ? "unknown"u8 : negotiation.Chosen.Value);
        Field(",\"command\":"u8, negotiation.IsVersion1 ? "SMB1_COMMAND_NEGOTIATE"u8 : "SMB2_COMMAND_NEGOTIATE_PROTOCOL"u8);
        _json.Raw(",\"status_code\":\"0x"u8);
        HexNumber(negotiation.Status);
        _json.Raw("\""u8);
        if (negotiation.Offered.Count > 0)
        {
            List(",\"client_dialects\":["u8, negotiation.Offered);
        }

        Guid(",\"client_guid\":\""u8, negotiation.ClientGuid.Value);
        Guid(",\"server_guid\":\""u8, negotiation.ServerGuid.Value);
        _json.Raw("}"u8);
        End();
    }

    /// <summary>The first three parts of a GUID are little-endian on the wire (MS-DTYP, 2.3.4.2).</summary>
    private void Guid(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> guid)
    {
        if (guid.Length == SmbNegotiation.GuidLength)
        {
            _json.Raw(prefix);
            _json.Hex([guid[3], guid[2], guid[1], guid[0]]);
            _json.Raw("-"u8);
            _json.Hex([guid[5], guid[4]]);
            _json.Raw("-"u8);
            _json.Hex([guid[7], guid[6]]);
            _json.Raw("-"u8);
            _json.Hex(guid[8..10]);
            _json.Raw("-"u8);
            _json.Hex(guid[10..]);
            _json.Raw("\""u8);
        }
    }

    private void HexNumber(uint number)
    {
        Span<byte> text = stackalloc byte[8];
        System.Buffers.Text.Utf8Formatter.TryFormat(number, text, out var length, new System.Buffers.StandardFormat('x'));
        _json.Raw(text[..length]);
    }
}
