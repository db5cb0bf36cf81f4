using System.Text;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols;

/// <summary>The start of a connection in each stream protocol, as its specification says it looks; cut as the caller wants.</summary>
internal static class SampleStreams
{
    public static readonly byte[] ClientHello =
    [
        0x16, 3, 1, 0, 47, 1, 0, 0, 43, 3, 3, .. new byte[32], 0, 0, 2, 0x13, 0x01, 1, 0, 0, 0,
    ];

    private static readonly byte[] InfoHash = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    public static IReadOnlyDictionary<string, Action<TcpConversation>> All { get; } = new Dictionary<string, Action<TcpConversation>>
    {
        ["bittorrent"] = c => c.Client([19, .. "BitTorrent protocol"u8, .. new byte[8], .. InfoHash, .. "-TR2940-abcdefghijkl"u8]),
        ["mqtt"] = c => c
            .Client([0x10, 23, 0, 4, .. "MQTT"u8, 5, 2, 0, 60, 5, 17, 0, 0, 0, 30, 0, 5, .. "box-1"u8])
            .Server([0x20, 3, 0, 0, 0]),
        ["ldap"] = c => c
            .Client([0x30, 0x19, 2, 1, 1, 0x60, 0x14, 2, 1, 3, 4, 7, .. "cn=user"u8, 0x80, 6, .. "secret"u8])
            .Server([0x30, 12, 2, 1, 1, 0x61, 7, 0x0A, 1, 0, 4, 0, 4, 0]),
        ["krb5"] = c => c.Client(Framed(KerberosRequest())).Server(Framed(KerberosError())),
        ["socks"] = c => c
            .Client([5, 1, 0])
            .Server([5, 0])
            .Client([5, 1, 0, 3, 11, .. "example.org"u8, 0, 25])
            .Server([5, 0, 0, 1, 192, 0, 2, 1, 0, 25])
            .Client([0xFE, 0xED, 0xFE, 0xED, 0xFE, 0xED, 0xFE, 0xED, 0xFE, 0xED, 0xFE, 0xED, 0xFE, 0xED, 0xFE, 0xED, 0xFE]),
        ["mysql"] = c => c.Server(MySqlGreeting()).Client([32, 0, 0, 1, 0x05, 0xA2, 0x3A, 0, .. new byte[28]]),
        ["pgsql"] = c => c.Client([0, 0, 0, 38, 0, 3, 0, 0, .. "user\0alice\0database\0accounts\0\0"u8]),
        ["modbus"] = c => c.Client([0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 10]),
        ["dnp3"] = c => c.Client([5, 0x64, 5, 0xC0, 1, 0, 0, 4, 0xE9, 0x21]),
        ["dcerpc"] = c => c.Client([5, 0, 11, 3, 0x10, 0, 0, 0, 72, 0, 0, 0, 1, 0, 0, 0, .. new byte[56]]),
        ["nfs"] = c => c.Client([0x80, 0, 0, 40, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0x86, 0xA3, 0, 0, 0, 3, .. new byte[20]]),
        ["resp"] = c => c.Client("*2\r\n$4\r\nAUTH\r\n$3\r\nabc\r\n"),
        ["mongodb"] = c => c.Client([58, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xD4, 7, 0, 0, .. new byte[42]]),
        ["rfb"] = c => c.Server("RFB 003.008\n").Client("RFB 003.008\n"),
        ["rtsp"] = c => c.Client("OPTIONS rtsp://192.0.2.1/cam RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
        ["stun"] = c => c.Client([0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, .. new byte[12]]),
        ["openvpn"] = c => c.Client([0, 14, 0x38, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0]),
        ["syslog"] = c => c.Client("<34>1 2003-10-11T22:14:15.003Z host.example.org su - ID47 - it happened\n"),
        ["mssql-tds"] = c => c.Client([0x12, 1, 0, 26, 0, 0, 1, 0, 0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, .. new byte[7]]),
        ["oracle"] = c => c.Client([0, 58, 0, 0, 1, 0, 0, 0, 1, 0x3B, 1, 0x2C, .. new byte[46]]).Server([0, 8, 0, 0, 11, 0, 0, 0]),
        ["rsync"] = c => c.Server("@RSYNCD: 31.0\n"),
        ["pptp"] = c => c.Client([0, 0x9C, 0, 1, 0x1A, 0x2B, 0x3C, 0x4D, .. new byte[148]]),
        ["smtp"] = c => Smtp.SmtpTests.Talk(c),
        ["pop3"] = c => Pop3.Pop3Tests.Talk(c),
        ["imap"] = c => Imap.ImapTests.Talk(c),
        ["ftp"] = c => Ftp.FtpTests.Talk(c),
        ["ssh"] = c => Ssh.SshTests.Talk(c),
        ["smb"] = c => Smb.SmbTests.Talk(c),
        ["rdp"] = c => c.Client([3, 0, 0, 11, 6, 0xE0, 0, 0, 0, 0, 0]).Server([3, 0, 0, 11, 6, 0xD0, 0, 0, 0, 0, 0]),
        ["sip"] = c => Sip.SipTests.Talk(c),
        ["telnet"] = c => c.Server([0xFF, 0xFD, 0x18, 0xFF, 0xFD, 0x20]).Client([0xFF, 0xFB, 0x18]),
        ["irc"] = c => c.Client("PASS x\r\nNICK bot\r\nUSER bot 0 * :bot\r\n").Server(":irc.example.org 001 bot :Welcome\r\n"),
        ["xmpp"] = c => c.Client("<?xml version='1.0'?>\n<stream:stream to='example.org'>").Server("<?xml version='1.0'?><stream:stream from='example.org'><stream:features/>"),
        ["git"] = c => c.Client("0033git-upload-pack /project.git\0host=example.org\0"),
    };

    /// <summary>Ports that must say the same as the content; any other will do for the rest.</summary>
    public static ushort PortOf(string protocol) => protocol == "modbus" ? (ushort)502 : (ushort)7777;

    public static TcpConversation Conversation(string protocol, int segmentLength)
    {
        var conversation = new TcpConversation(segmentLength, serverPort: PortOf(protocol));
        All[protocol](conversation);
        return conversation.End();
    }

    /// <summary>RFC 4120, 5.4.1: an AS-REQ of alice@EXAMPLE.ORG for krbtgt/EXAMPLE.ORG.</summary>
    public static byte[] KerberosRequest() =>
        Der(0x6A, Der(0x30,
            Der(0xA1, 2, 1, 5),
            Der(0xA2, 2, 1, 10),
            Der(0xA4, Der(0x30,
                Der(0xA0, 3, 5, 0, 0x40, 0, 0, 0),
                Der(0xA1, Name(1, "alice")),
                Der(0xA2, Text(0x1B, "EXAMPLE.ORG")),
                Der(0xA3, Name(2, "krbtgt", "EXAMPLE.ORG"))))));

    /// <summary>RFC 4120, 5.9.1: KDC_ERR_PREAUTH_REQUIRED, which names no client.</summary>
    public static byte[] KerberosError() =>
        Der(0x7E, Der(0x30,
            Der(0xA0, 2, 1, 5),
            Der(0xA1, 2, 1, 30),
            Der(0xA6, 2, 1, 25),
            Der(0xA9, Text(0x1B, "EXAMPLE.ORG")),
            Der(0xAA, Name(2, "krbtgt", "EXAMPLE.ORG"))));

    public static byte[] MySqlGreeting()
    {
        byte[] body = [10, .. "8.0.36"u8, 0, 1, 0, 0, 0, .. "saltsalt"u8, 0, .. new byte[40]];
        return [(byte)body.Length, 0, 0, 0, .. body];
    }

    public static byte[] Der(byte tag, params byte[][] values) => Der(tag, [.. values.SelectMany(value => value)]);

    public static byte[] Der(byte tag, params byte[] value) =>
        value.Length < 0x80 ? [tag, (byte)value.Length, .. value] : [tag, 0x82, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static byte[] Text(byte tag, string text) => Der(tag, Encoding.ASCII.GetBytes(text));

    private static byte[] Name(byte type, params string[] parts) =>
        Der(0x30, Der(0xA0, 2, 1, type), Der(0xA1, Der(0x30, [.. parts.Select(part => Text(0x1B, part))])));

    private static byte[] Framed(byte[] message) => [0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message];
}
