using System.Buffers.Binary;
using System.Text;

namespace MediaSecurityLite.Fuzz;

/// <summary>A conversation in the form that fuzz targets read, and the port it usually goes to.</summary>
internal sealed record Sample(string Name, ushort Port, byte[] Input);

/// <summary>Short sound conversations of each protocol, written by hand from its specification.</summary>
internal static class Conversations
{
    private const int HeaderLength = 3;

    private static readonly byte[] SmbFile = [.. Enumerable.Repeat((byte)7, 16)];

    public static IReadOnlyList<Sample> Streams { get; } =
    [
        new("http", 80, Talk("C GET /a?b HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n", "S HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n5;x=y\r\nhello\r\n0\r\n\r\n", "C POST /u HTTP/1.1\r\nHost: a.test\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 76\r\n\r\n--x\r\nContent-Disposition: form-data; name=a; filename=\"b.txt\"\r\n\r\ndata\r\n--x--\r\n")),
        new("connect", 8080, Talk("C CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n", "S HTTP/1.1 200 OK\r\n\r\n", "C \u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0003")),
        new("http2", 80, Talk("C PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0\0\0\u0003\u0001\u0005\0\0\0\u0001\u0082\u0084\u0086", "S \0\0\0\u0004\0\0\0\0\0\0\0\u0001\u0001\u0005\0\0\0\u0001\u0088")),
        new("tls", 443, Talk("C " + Latin(ClientHello("a.test")), "S \u0016\u0003\u0003\u0000\u002c\u0002\u0000\u0000\u0028\u0003\u0003" + new string('r', 32) + "\0\u0013\u0001\0\0\0")),
        new("smtp", 25, Talk("S 220 mail.test ESMTP\r\n", "C EHLO a.test\r\n", "S 250-mail.test\r\n250 STARTTLS\r\n", "C MAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\nDATA\r\n", "S 250 ok\r\n250 ok\r\n354 go\r\n", "C Subject: =?utf-8?B?44GC?=\r\nContent-Type: multipart/mixed; boundary=\"q\"\r\n\r\n--q\r\nContent-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--q--\r\n.\r\n", "S 250 ok\r\n", "C QUIT\r\n")),
        new("pop3", 110, Talk("S +OK ready\r\n", "C USER a\r\n", "S +OK\r\n", "C RETR 1\r\n", "S +OK\r\nSubject: x\r\n\r\nbody\r\n.\r\n")),
        new("imap", 143, Talk("S * OK IMAP4rev1\r\n", "C a1 FETCH 1 BODY[]\r\n", "S * 1 FETCH (BODY[] {15}\r\nSubject: x\r\n\r\nb)\r\na1 OK\r\n")),
        new("ftp", 21, Talk("S 220 FTP\r\n", "C USER a\r\n", "S 331 pw\r\n", "C PASV\r\n", "S 227 ok (10,0,0,1,4,5)\r\n", "C RETR f.txt\r\n")),
        new("ssh", 22, Talk("S SSH-2.0-OpenSSH_9.2\r\n", "C SSH-2.0-x\r\n", "C \0\0\0\u0014\u0004\u0014" + new string('c', 16))),
        new("dns", 53, Talk("C \0\u001d\0\u0001\u0001\0\0\u0001\0\0\0\0\0\0\u0003www\u0004test\0\0\u0001\0\u0001")),
        new("smb", 445, Talk(
            "C " + Smb2(5, 1, [57, 0, .. new byte[42], 120, 0, 2, 0, .. new byte[8], (byte)'a', 0]), "S " + Smb2(5, 1, [89, 0, .. new byte[62], .. SmbFile, .. new byte[8]], isResponse: true),
            "C " + Smb2(9, 2, [49, 0, 112, 0, 4, 0, 0, 0, .. new byte[8], .. SmbFile, .. new byte[16], .. "data"u8]), "C " + Smb2(8, 3, [49, 0, .. new byte[14], .. SmbFile, .. new byte[16]]),
            "S " + Smb2(8, 3, [17, 0, 80, 0, 4, 0, 0, 0, .. new byte[8], .. "data"u8], isResponse: true),
            "C " + Smb2(6, 4, [24, 0, .. new byte[6], .. SmbFile]), "S " + Smb2(6, 4, new byte[60], isResponse: true))),
        new("smb1", 139, Talk("C \0\0\0\u0028\u00ffSMBr" + new string('\0', 27) + "\0\u0005\0\u0002LM\u0031\0")),
        new("rdp", 3389, Talk("C \u0003\0\0\u0013\u000e\u00e0\0\0\0\0\0\u0001\0\u0008\0\u0003\0\0\0")),
        new("mqtt", 1883, Talk("C \u0010\u000f\0\u0004MQTT\u0004\u0002\0<\0\u0003abc")),
        new("ldap", 389, Talk("C 0\u000c\u0002\u0001\u0001`\u0007\u0002\u0001\u0003\u0004\0\u0080\0")),
        new("kerberos", 88, Talk("C \0\0\0\u0006j\u0004\u0030\u0002\u00a1\0")),
        new("mysql", 3306, Talk("S \u004a\0\0\0\n8.0.1\0\u0001\0\0\0abcdefgh\0\u00ff\u00ff!\u0002\0\u00ff\u00df\u0015" + new string('\0', 10) + "abcdefghijkl\0mysql_native_password\0")),
        new("postgresql", 5432, Talk("C \0\0\0\u0010\0\u0003\0\0user\0a\0\0")),
        new("socks", 1080, Talk("C \u0005\u0001\0", "S \u0005\0", "C \u0005\u0001\0\u0003\u0006a.test\u0001\u00bb", "S \u0005\0\0\u0001\0\0\0\0\0\0")),
        new("bittorrent", 6881, Talk("C \u0013BitTorrent protocol" + new string('\0', 8) + new string('h', 40))),
        new("xmpp", 5222, Talk("C <?xml version='1.0'?><stream:stream to='a.test' xmlns='jabber:client' version='1.0'>")),
        new("websocket", 80, Talk("C GET /chat HTTP/1.1\r\nHost: a.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "S HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "C \u0081\u0085abcdhello", "S \u0081\u0005world\u0088\0")),
        new("starttls", 25, Talk("S 220 mail.test ESMTP\r\n", "C EHLO a.test\r\nSTARTTLS\r\n", "S 250-mail.test\r\n250 STARTTLS\r\n220 go\r\n", "C " + Latin(ClientHello("a.test")))),
        new("syslog", 514, Talk("C <34>1 2026-01-01T00:00:00Z h a - - - m\n<35>1 2026-01-01T00:00:01Z h a - - - n\n")),
        new("stun", 3478, Talk("C \0\u0001\0\u0008!\u0012\u00a4Babcdefghijkl\u0080\u0022\0\u0004test")),
        new("llmnr", 5355, Talk("C \0\u001a\0\u0001\0\0\0\u0001\0\0\0\0\0\0\u0002pc\0\0\u0001\0\u0001")),
        new("sip", 5060, Talk("C INVITE sip:a@a.test SIP/2.0\r\nVia: SIP/2.0/TCP x\r\nContent-Length: 0\r\n\r\n")),
    ];

    public static IReadOnlyList<Sample> Datagrams { get; } =
    [
        new("dns", 53, Talk("C \0\u0001\u0001\0\0\u0001\0\0\0\0\0\0\u0003www\u0004test\0\0\u0001\0\u0001", "S \0\u0001\u0081\u0080\0\u0001\0\u0001\0\0\0\0\u0003www\u0004test\0\0\u0001\0\u0001\u00c0\u000c\0\u0001\0\u0001\0\0\0<\0\u0004\u0001\u0002\u0003\u0004")),
        new("dhcp", 67, Talk("C " + Latin(Dhcp()))),
        new("dhcpv6", 547, Talk("C \u0001\u0010\u0020\u0030\0\u0001\0\n\0\u0003\0\u0001\u0002\0\0\0\0\n\0\u0027\0\u0004\0\u0002pc\0\u0006\0\u0002\0\u0017")),
        new("mdns", 5353, Talk("C \0\0\0\0\0\u0001\0\0\0\0\0\0\u0002pc\u0005local\0\0\u0001\0\u0001")),
        new("llmnr", 5355, Talk("C \0\u0001\0\0\0\u0001\0\0\0\0\0\0\u0002pc\0\0\u0001\0\u0001")),
        new("kerberos", 88, Talk("C j\u004c0\u004a\u00a1\u0003\u0002\u0001\u0005\u00a2\u0003\u0002\u0001\n\u00a4>0<\u00a0\u0007\u0003\u0005\0@\0\0\0\u00a1\u0012\u0030\u0010\u00a0\u0003\u0002\u0001\u0001\u00a1\u0009\u0030\u0007\u001b\u0005alice\u00a2\u0006\u001b\u0004TEST\u00a3\u0015\u0030\u0013\u00a0\u0003\u0002\u0001\u0001\u00a1\u000c\u0030\n\u001b\u0008krbtgt/T")),
        new("ldap", 389, Talk("C 0\u000c\u0002\u0001\u0001`\u0007\u0002\u0001\u0003\u0004\0\u0080\0")),
        new("utp", 6881, Talk("C \0\0\u0004\u0017\u0027\u0010\u0019\u0080\0\0\0\0\u0001\u0002\u0003\u0004")),
        new("quic", 443, Talk("C \u00c3\0\0\0\u0001\u0008abcdefgh\0\0\u0044\u0080" + new string('p', 1152))),
        new("ntp", 123, Talk("C \u0023" + new string('\0', 47))),
        new("snmp", 161, Talk("C 0\u0018\u0002\u0001\u0001\u0004\u0006public\u00a0\u000b\u0002\u0001\u0001\u0002\u0001\0\u0002\u0001\0\u0030\0")),
        new("stun", 3478, Talk("C \0\u0001\0\u0008!\u0012\u00a4Babcdefghijkl\u0080\u0022\0\u0004test")),
        new("dht", 6881, Talk("C d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe")),
        new("ike", 500, Talk("C abcdefgh\0\0\0\0\0\0\0\0\u0021\u0020\u0022\u0008\0\0\0\0\0\0\0\u0024\0\0\0\u0008\0\0\0\0")),
        new("tftp", 69, Talk("C \0\u0001a.txt\0octet\0")),
        new("sip", 5060, Talk("C REGISTER sip:a.test SIP/2.0\r\nVia: x\r\nContent-Length: 0\r\n\r\n")),
        new("syslog", 514, Talk("C <34>1 2026-01-01T00:00:00Z h a - - - m")),
        new("ssdp", 1900, Talk("C M-SEARCH * HTTP/1.1\r\nST: ssdp:all\r\n\r\n")),
        new("netbios", 137, Talk("C \0\u0001\u0001\u0010\0\u0001\0\0\0\0\0\0 CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\0\0!\0\u0001")),
    ];

    /// <summary>Starts of protocols that are recognised and not read.</summary>
    public static IReadOnlyList<byte[]> UnreadStreams { get; } =
    [
        Talk("S \u00ff\u00fd\u0018\u00ff\u00fd ", "C \u00ff\u00fb\u0018"), Talk("C NICK bot\r\nUSER bot 0 * :bot\r\n"), Talk("C OPTIONS rtsp://192.0.2.1/cam RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
        Talk("C \u0012\u0001\0\u001a\0\0\u0001\0\0\0\u000b\0\u0006\u0001\0\u0011\0\u0001\u00ff" + new string('\0', 7)), Talk("C \0\u000e8" + new string('i', 13)),
        Talk("C \u0005d\u0005\u00c0\u0001\0\0\u0004\u00e9!"), Talk("C \u0080\0\0(\0\0\0\u0007\0\0\0\0\0\0\0\u0002\0\u0001\u0086\u00a3\0\0\0\u0003" + new string('\0', 20)),
        Talk("C *2\r\n$4\r\nAUTH\r\n$3\r\nabc\r\n"), Talk("C :\0\0\0\u0001\0\0\0\0\0\0\0\u00d4\u0007\0\0" + new string('\0', 42)), Talk("C 0033git-upload-pack /project.git\0host=a\0"),
        Talk("S RFB 003.008\n", "C RFB 003.008\n"), Talk("C \0\u009c\0\u0001\u001a+<M" + new string('\0', 148)), Talk("C \u0005\0\u000b\u0003\u0010\0\0\0H\0\0\0\u0001\0\0\0" + new string('\0', 56)),
    ];

    /// <summary>The same, of those that speak in datagrams.</summary>
    public static IReadOnlyList<byte[]> UnreadDatagrams { get; } =
    [
        Talk("C \u0016\u00fe\u00fd\0\0\0\0\0\0\0\0\0\u0036\u0001\0\0*\0\0\0\0\0\0\0\0*" + new string('\0', 42)), Talk("C \u0001\0\0\0" + new string('k', 144)), Talk("C 8" + new string('i', 13)),
        Talk("C \0\0\0\u0007\0\0\0\0\0\0\0\u0002\0\u0001\u0086\u00a0\0\0\0\u0002" + new string('\0', 20)), Talk("C \u0001\u0007\0\u001b" + new string('a', 16) + "\u0001\u0007alice"),
        Talk("C \u00c8\u0002\0\u0014\0\0\0\0\0\0\0\0\u0080\u0008\0\0\0\0\0\u0001"), Talk("C \u0080\u00c9\0\u0001abcd"), Talk("C \u0080\0\0\u0001\0\0\0\u0001abcd" + new string('v', 20)), Talk("C @\u0001\0\u0001\u00b4temp"),
    ];

    /// <summary>Takes an input apart; what is left at its end is a piece too.</summary>
    public static IEnumerable<(bool IsClient, int Cut, byte[] Bytes)> Pieces(byte[] input)
    {
        for (var position = 0; position + HeaderLength < input.Length;)
        {
            var cut = input[position] & 0x7F;
            var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(position + 1)), input.Length - position - HeaderLength);
            yield return ((input[position] & 0x80) != 0, cut == 0 ? 1460 : cut, input.AsSpan(position + HeaderLength, length).ToArray());
            position += HeaderLength + length;
        }
    }

    private static byte[] Talk(params string[] lines) =>
    [
        .. lines.SelectMany(line => (byte[])[line[0] == 'C' ? (byte)0x80 : (byte)0, (byte)((line.Length - 2) >> 8), (byte)(line.Length - 2), .. Encoding.Latin1.GetBytes(line[2..])]),
    ];

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static byte[] ClientHello(string name)
    {
        var host = Encoding.ASCII.GetBytes(name);
        byte[] extension = [0, 0, 0, (byte)(host.Length + 5), 0, (byte)(host.Length + 3), 0, 0, (byte)host.Length, .. host];
        byte[] body = [3, 3, .. new byte[32], 0, 0, 2, 0x13, 0x01, 1, 0, 0, (byte)extension.Length, .. extension];
        return [22, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body];
    }

    /// <summary>MS-SMB2, 2.2.1.2, behind four bytes of framing.</summary>
    private static string Smb2(byte command, byte message, byte[] body, bool isResponse = false)
    {
        byte[] header = [0xFE, (byte)'S', (byte)'M', (byte)'B', 64, 0, .. new byte[6], command, 0, 0, 0, isResponse ? (byte)1 : (byte)0, .. new byte[7], message, .. new byte[39]];
        return Latin([0, 0, 0, (byte)(header.Length + body.Length), .. header, .. body]);
    }

    private static byte[] Dhcp()
    {
        byte[] head = [1, 1, 6, 0, 1, 2, 3, 4, .. new byte[20], 2, 0, 0, 0, 0, 1, .. new byte[202]];
        return [.. head, 99, 130, 83, 99, 53, 1, 1, 12, 2, (byte)'p', (byte)'c', 55, 2, 1, 3, 255];
    }
}
