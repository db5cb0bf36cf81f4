namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>Recognises TLS by its first record: a handshake that starts with a hello (RFC 8446, 5.1), or SSL 2's.</summary>
internal static class TlsProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data)
    {
        if (data[0] != TlsRecord.Handshake)
        {
            return Ssl2Hello.Recognize(data);
        }

        // type 1 · version 2 · length 2 · handshake type 1
        if (data.Length <= TlsRecord.HeaderLength)
        {
            return data.Length >= 2 && data[1] != 3 ? Probe.No : Probe.NeedMore;
        }

        var record = TlsRecord.Read(data);
        var isHello = data[TlsRecord.HeaderLength] is TlsHandshake.ClientHello or TlsHandshake.ServerHello;
        return record.IsValid && record.Length > 0 && isHello ? Probe.Yes : Probe.No;
    }
}
