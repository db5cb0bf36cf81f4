using System.Security.Cryptography;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Tls;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about TLS sessions.</content>
internal sealed partial class EveWriter
{
    public void Tls(Flow flow, TlsSession session, long now)
    {
        Begin("tls"u8, flow, now);
        _json.Raw(",\"tls\":{"u8);
        if (session.IsResumed)
        {
            _json.Raw("\"session_resumed\":true,"u8);
        }

        if (session.HasCertificate)
        {
            Certificate(session);
        }

        if (session.ServerName.Length > 0)
        {
            Field("\"sni\":"u8, session.ServerName.Value);
            _json.Raw(","u8);
        }

        _json.Raw("\"version\":\""u8);
        TlsVersionName(session.HasServerHello ? session.Version : (ushort)0);
        _json.Raw("\""u8);
        OptionalField(",\"notbefore\":"u8, session.NotBefore.Value);
        OptionalField(",\"notafter\":"u8, session.NotAfter.Value);
        if (HasSession(flow, session))
        {
            Ja3(",\"ja3\":"u8, session.Ja3.Value);
            Ja3(",\"ja3s\":"u8, session.Ja3S.Value);
            OptionalField(",\"ja4\":"u8, session.Ja4.Value);
        }

        ClientProtocols(session.ClientProtocols.Value);
        if (session.ServerProtocol.Length > 0)
        {
            Field(",\"server_alpns\":["u8, session.ServerProtocol.Value);
            _json.Raw("]"u8);
        }

        _json.Raw("}"u8);
        End();
    }

    /// <summary>
    /// As in Suricata, fingerprints belong to sessions: a hello that came to nothing is told by the server's name alone. Where
    /// the start was not seen the rest may be missing too, and the hello stands for the session.
    /// </summary>
    private static bool HasSession(Flow flow, TlsSession session)
    {
        var isStartSeen = ((flow.FlagsToServer | flow.FlagsToClient) & TcpFlags.Syn) != 0;
        return session.IsSetUp || (session.OffersTicket && flow.IsAnswered) || !isStartSeen;
    }

    private void Certificate(TlsSession session)
    {
        Field("\"subject\":"u8, session.Subject.Value);
        Field(",\"issuerdn\":"u8, session.Issuer.Value);
        _json.Raw(",\"serial\":\""u8);
        ColonHex(session.SerialNumber.Value, "0123456789ABCDEF"u8);
        _json.Raw("\",\"fingerprint\":\""u8);
        ColonHex(session.Fingerprint.Value, "0123456789abcdef"u8);
        _json.Raw("\","u8);
    }

    private void ColonHex(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> digits)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            _json.Raw(i == 0 ? default : ":"u8);
            _json.Raw([digits[bytes[i] >> 4], digits[bytes[i] & 15]]);
        }
    }

    private void Ja3(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        Protocols.Tls.Ja3.Hash(text, digest);
        _json.Raw(name);
        _json.Raw("{\"hash\":\""u8);
        _json.Hex(digest);
        Field("\",\"string\":"u8, text);
        _json.Raw("}"u8);
    }

    private void ClientProtocols(ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty)
        {
            return;
        }

        _json.Raw(",\"client_alpns\":["u8);
        var reader = new TlsReader(list);
        for (var i = 0; reader.TryReadVector8(out var name); i++)
        {
            _json.Raw(i == 0 ? ""u8 : ","u8);
            _json.Text(name);
        }

        _json.Raw("]"u8);
    }

    /// <summary>Suricata's names of versions; drafts of TLS 1.3 by their number, unknown ones in hexadecimal.</summary>
    private void TlsVersionName(ushort version)
    {
        switch (version)
        {
            case 0:
                _json.Raw("UNDETERMINED"u8);
                break;
            case TlsVersion.Ssl2:
                _json.Raw("SSLv2"u8);
                break;
            case TlsVersion.Ssl3:
                _json.Raw("SSLv3"u8);
                break;
            case TlsVersion.Tls10:
                _json.Raw("TLSv1"u8);
                break;
            case TlsVersion.Tls11:
                _json.Raw("TLS 1.1"u8);
                break;
            case TlsVersion.Tls12:
                _json.Raw("TLS 1.2"u8);
                break;
            case TlsVersion.Tls13:
                _json.Raw("TLS 1.3"u8);
                break;
            case >= 0x7F10 and <= 0x7F1C:
                _json.Raw("TLS 1.3 draft-"u8);
                _json.Number(version & 0xFF);
                break;
            case >= 0xFB14 and <= 0xFB1C:
                _json.Raw("TLS 1.3 draft-"u8);
                _json.Number(version & 0xFF);
                _json.Raw("-fb"u8);
                break;
            default:
                _json.Raw("0x"u8);
                _json.Hex([(byte)(version >> 8), (byte)version]);
                break;
        }
    }
}
