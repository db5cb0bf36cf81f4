using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Protocols.Dns;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Dns;

public sealed class DnsTests
{
    [Fact]
    public void ReadDatagram_QueryAndAnswer_WritesBoth()
    {
        var records = Exchange(
            53, "dns",
            Message(0x0100, Question("Www.Example.test", 1)),
            Message(0x8180, Question("Www.Example.test", 1), [Record(5, Name("cdn.test")), Record(1, [192, 0, 2, 1], "cdn.test"), Record(28, [0x20, 0x01, 0x0D, 0xB8, .. new byte[11], 1], "cdn.test")]));

        var (query, answer) = (records[0]["dns"]!, records[1]["dns"]!);
        Assert.Equal(("query", "Www.Example.test", "A"), ((string?)query["type"], (string?)query["rrname"], (string?)query["rrtype"]));
        Assert.Equal(("answer", "NOERROR", "8180"), ((string?)answer["type"], (string?)answer["rcode"], (string?)answer["flags"]));
        Assert.Equal(["CNAME cdn.test", "A 192.0.2.1", "AAAA 2001:db8::1"], answer["answers"]!.AsArray().Select(record => $"{record!["rrtype"]} {record["rdata"]}"));
        Assert.Equal("""{"A":["192.0.2.1"],"AAAA":["2001:db8::1"],"CNAME":["cdn.test"]}""", answer["grouped"]!.ToJsonString());
    }

    [Fact]
    public void ReadDatagram_SeveralQuestions_WritesEach() =>
        Assert.Equal(
            ["a.test A", "b.test AAAA"],
            Exchange(53, "dns", Message(0, [.. Question("a.test", 1), .. Question("b.test", 28)], questions: 2)).Select(record => $"{record["dns"]!["rrname"]} {record["dns"]!["rrtype"]}"));

    [Theory]
    [InlineData(15, "000A 04 6D61696C 04 74657374 00", "MX", "rdata", "mail.test")]
    [InlineData(257, "00 05 6973737565 63612E74657374", "CAA", "rdata", "0 issue \"ca.test\"")]
    [InlineData(35, "0064 0032 01 73 44 53495055 00", "NAPTR", "rdata", null)] // A string longer than the data.
    [InlineData(35, "0064 0032 01 73 04 53495055 00 04 68747470 00", "NAPTR", "rdata", "100 50 \"s\" \"SIPU\" \"\" http")]
    [InlineData(65, "0001 00 0001 0006 02 6832 02 6833 0003 0002 20FB 0004 0004 C0000201", "HTTPS", "rdata", "1 . alpn=\"h2,h3\" port=8443 ipv4hint=192.0.2.1")]
    [InlineData(43, "EC45 05 01 2BB183AF", "DS", "rdata", "60485 5 1 2bb183af")]
    [InlineData(48, "0101 03 05 01020304", "DNSKEY", "rdata", "257 3 5 AQIDBA==")]
    [InlineData(29, "00 12 16 13 892E03E8 70BF54C8 00989680", "LOC", "rdata", "42 46 50.600 N 71 4 56.376 W 0.00m 1.00m 10000.00m 10.00m")]
    [InlineData(16, "03 616263", "TXT", "rdata", "abc")]
    [InlineData(99, "03 616263", "SPF", "rdata", null)]
    public void ReadDatagram_RecordTypes_AreWrittenAsZoneFilesHaveThem(ushort type, string hex, string name, string field, string? expected)
    {
        var answer = Exchange(53, "dns", Message(0x8180, Question("x.test", type), [Record(type, Hex(hex))]))[0]["dns"]!["answers"]![0]!;

        Assert.Equal(name, (string?)answer["rrtype"]);
        Assert.Equal(expected, (string?)answer[field]);
    }

    [Fact]
    public void ReadDatagram_TextOfSeveralStrings_WritesEach()
    {
        var answer = Exchange(53, "dns", Message(0x8180, Question("x.test", 16), [Record(16, [3, .. "one"u8, 0, 3, .. "two"u8])]))[0]["dns"]!;

        Assert.Equal(["one", "", "two"], answer["answers"]!.AsArray().Select(record => (string?)record!["rdata"]));
        Assert.Equal("""{"TXT":["one","","two"]}""", answer["grouped"]!.ToJsonString());
    }

    [Fact]
    public void ReadDatagram_StructuredTypes_AreObjects()
    {
        var soa = Record(6, [.. Name("ns.test"), .. Name("admin.test"), .. Hex("00000001 00000002 00000003 00000004 00000005")]);
        var answers = Exchange(53, "dns", Message(0x8580, Question("x.test", 255), [soa, Record(33, [0, 1, 0, 2, 0, 3, .. Name("s.test")]), Record(44, [4, 2, 0xAB, 0xCD])]))[0]["dns"]!["answers"]!;

        Assert.Equal("""{"mname":"ns.test","rname":"admin.test","serial":1,"refresh":2,"retry":3,"expire":4,"minimum":5}""", answers[0]!["soa"]!.ToJsonString());
        Assert.Equal("""{"priority":1,"weight":2,"port":3,"name":"s.test"}""", answers[1]!["srv"]!.ToJsonString());
        Assert.Equal("""{"fingerprint":"ab:cd","algo":4,"type":2}""", answers[2]!["sshfp"]!.ToJsonString());
    }

    [Fact]
    public void ReadDatagram_NameErrorWithAuthorityAndEdns_WritesAll()
    {
        byte[] additional = [0, 0, 41, 0x04, 0xD0, 0, 0, 0x80, 0, 0, 0];
        var message = Message(0x8183, Question("no.test", 1), [], [Record(2, Name("ns.test"))], [additional]);

        var answer = Exchange(53, "dns", message)[0]["dns"]!;

        Assert.Equal("NXDOMAIN", (string?)answer["rcode"]);
        Assert.Equal("ns.test", (string?)answer["authorities"]![0]!["rdata"]);
        Assert.Equal("""{"udp_size":1232,"version":0,"do":true}""", answer["edns"]!.ToJsonString());
    }

    [Theory]
    [InlineData(5353, "mdns")]
    [InlineData(5355, "llmnr")]
    public void ReadDatagram_KinOfDns_HasRecordsOfItsOwn(ushort port, string type)
    {
        var records = Exchange(port, type, Message(0, Question("printer.local", 1)));

        Assert.Equal("printer.local", (string?)Assert.Single(records)[type]!["rrname"]);
    }

    [Fact]
    public void ReadDatagram_NetBiosName_IsDecoded()
    {
        // RFC 1001, 14.1: "FRED" and eleven spaces, workstation.
        var encoded = "EGFCEFEECACACACACACACACACACACAAA";
        var records = Exchange(137, "nbns", Message(0x8500, [], [Record(0x20, [0, 0, 192, 0, 2, 9], encoded)], questions: 0));

        var answer = Assert.Single(records)["nbns"]!["answers"]![0]!;
        Assert.Equal(("FRED", "00", "NB", "192.0.2.9"), ((string?)answer["rrname"], (string?)answer["suffix"], (string?)answer["rrtype"], (string?)answer["rdata"]));
    }

    [Fact]
    public void ReadDatagram_JunkFirst_StillRecognisesWhatFollows() =>
        Assert.Single(Exchange(53, "dns", [1, 2, 3], Message(0, Question("a.test", 1))));

    [Fact]
    public void Read_OverTcpOnAnyPort_FindsTheMessages()
    {
        byte[] Prefixed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];
        var (query, answer) = (Message(0x0100, Question("a.test", 1)), Message(0x8180, Question("a.test", 1), [Record(1, [192, 0, 2, 1])]));

        foreach (ushort port in (ushort[])[53, 5300])
        {
            var records = Conversation.Records(port, talk => talk.Client([.. Prefixed(query), .. Prefixed(query)]).Server([.. Prefixed(answer), .. Prefixed(answer)]).End(), "dns");

            Assert.Equal(["query", "query", "answer", "answer"], records.Select(record => (string?)record["dns"]!["type"]).Order().Reverse());
        }
    }

    [Fact]
    public void TryRead_PointersInACircle_EndsAndRefuses()
    {
        byte[] message = [.. new byte[12], 0xC0, 14, 0xC0, 12];
        var offset = 12;

        Assert.False(DnsName.TryRead(message, ref offset, new byte[DnsName.MaxLength], out _));
    }

    [Fact]
    public void TryRead_NameLongerThanTheBound_IsCut()
    {
        var message = new List<byte>(new byte[12]);
        for (var i = 0; i < 40; i++)
        {
            message.AddRange([63, .. Enumerable.Repeat((byte)'a', 63)]);
        }

        var offset = 12;
        var name = new byte[DnsName.MaxLength];

        Assert.True(DnsName.TryRead([.. message, 0], ref offset, name, out var length));
        Assert.Equal(DnsName.MaxLength, length);
        Assert.Equal(12 + (40 * 64) + 1, offset);
    }

    [Property(MaxTest = 500)]
    public void ReadDatagram_OneByteChanged_NeverThrows(ushort position, byte value, byte port)
    {
        var message = Message(0x8180, Question("x.test", 255), [Record(65, Hex("0001 00 0001 0006 02 6832 02 6833")), Record(6, [.. Name("a"), .. Name("b"), .. new byte[20]]), Record(257, Hex("00 05 6973737565 63"))], [Record(2, [0xC0, 12])], [[0, 0, 41, 0x04, 0xD0, 0, 0, 0x80, 0, 0, 0]]);
        message[position % message.Length] = value;

        Exchange(new ushort[] { 53, 137, 5353, 5355 }[port % 4], "dns", message);
    }

    private static List<JsonNode> Exchange(ushort port, string type, params byte[][] messages)
    {
        var frames = messages.Select(message =>
        {
            var isResponse = message.Length > 2 && (message[2] & 0x80) != 0;
            var (from, to) = isResponse ? ("192.0.2.53", "192.168.1.10") : ("192.168.1.10", "192.0.2.53");
            var udp = isResponse ? FrameBuilder.Udp(port, 40000, message) : FrameBuilder.Udp(40000, port, message);
            return FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip(from, to, 17, udp));
        });
        return [.. Replaying.Of(frames).Records(type)];
    }

    private static byte[] Message(ushort flags, byte[] question, byte[][]? answers = null, byte[][]? authorities = null, byte[][]? additionals = null, ushort questions = 1)
    {
        var header = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(header, 0x1234);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), flags);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), questions);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)(answers?.Length ?? 0));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(8), (ushort)(authorities?.Length ?? 0));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)(additionals?.Length ?? 0));
        return [.. header, .. question, .. (answers ?? []).SelectMany(record => record), .. (authorities ?? []).SelectMany(record => record), .. (additionals ?? []).SelectMany(record => record)];
    }

    private static byte[] Question(string name, ushort type) => [.. Name(name), (byte)(type >> 8), (byte)type, 0, 1];

    private static byte[] Record(ushort type, byte[] data, string? name = null) =>
        [.. name is null ? [0xC0, 12] : Name(name), (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    private static byte[] Name(string name) => [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
