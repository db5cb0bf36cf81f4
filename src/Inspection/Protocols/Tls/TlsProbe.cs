namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>Recognises TLS by its first record: a handshake that starts with a hello (RFC 8446, 5.1), or an alert before it.</summary>
internal static class TlsProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data)
    {
        // type 1 · version 2 · length 2 · handshake type 1
        if (data[0] != TlsRecord.Handshake)
        {
            return Probe.No;
        }

        if (data.Length < 6)
        {
            return data.Length >= 2 && data[1] != 3 ? Probe.No : Probe.NeedMore;
        }

        var isHello = data[5] is TlsHandshake.ClientHello or TlsHandshake.ServerHello;
        return data[1] == 3 && data[2] <= 4 && isHello ? Probe.Yes : Probe.No;
    }
}
