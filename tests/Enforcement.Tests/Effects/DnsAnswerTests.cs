using System.Net;
using System.Text;
using MediaSecurityLite.Enforcement.Effects;

namespace MediaSecurityLite.Enforcement.Tests.Effects;

public sealed class DnsAnswerTests
{
    private const int A = 1;
    private const int Aaaa = 28;
    private const int Https = 65;
    private static readonly DnsAnswer.SinkholeAddresses Nowhere = new(null, null);
    private static readonly DnsAnswer.SinkholeAddresses Sinkhole = new(IPAddress.Parse("192.168.77.1"), IPAddress.Parse("2001:db8:77::1"));

    [Fact]
    public void Answer_WithoutSinkhole_SaysThatTheNameDoesNotExist()
    {
        var query = Query("c2.example", A);

        var answer = Answer(query, Nowhere);

        Assert.Equal(query[..2], answer[..2]);
        Assert.Equal([0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0], answer[2..12]);
        Assert.Equal(query[12..], answer[12..]);
    }

    [Theory]
    [InlineData(A, "192.168.77.1")]
    [InlineData(Aaaa, "2001:db8:77::1")]
    public void Answer_WithSinkhole_IsItsAddressForHalfAMinute(int type, string address)
    {
        var query = Query("c2.example", type);

        var answer = Answer(query, Sinkhole);

        Assert.Equal([0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0], answer[2..12]);
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        Assert.Equal([0xC0, 12, 0, (byte)type, 0, 1, 0, 0, 0, 30, 0, (byte)bytes.Length, .. bytes], answer[query.Length..]);
    }

    [Fact]
    public void Answer_ToAQuestionForAnotherType_HasNoRecord() =>
        Assert.Equal([0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0], Answer(Query("c2.example", Https), Sinkhole)[2..12]);

    [Fact]
    public void Answer_ToAQueryWithExtensions_LeavesThemOut()
    {
        byte[] query = [.. Query("c2.example", A), 0, 0, 41, 16, 0, 0, 0, 0, 0, 0, 0];
        query[11] = 1;

        Assert.Equal(Query("c2.example", A).Length, Answer(query, Nowhere).Length);
    }

    [Fact]
    public void Answer_CutAnywhere_IsNone()
    {
        var query = Query("c2.example", A);
        for (var length = 0; length < query.Length; length++)
        {
            Assert.False(DnsAnswer.TryWrite(query.AsSpan(0, length), Nowhere, new byte[512], out _), $"{length} bytes");
        }
    }

    [Fact]
    public void Answer_ToAResponse_IsNone()
    {
        var response = Query("c2.example", A);
        response[2] |= 0x80;

        Assert.False(DnsAnswer.TryWrite(response, Nowhere, new byte[512], out _));
    }

    private static byte[] Answer(byte[] query, DnsAnswer.SinkholeAddresses sinkhole)
    {
        var answer = new byte[512];
        Assert.True(DnsAnswer.TryWrite(query, sinkhole, answer, out var length));
        return answer[..length];
    }

    private static byte[] Query(string name, int type) =>
    [
        0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0,
        .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]),
        0, 0, (byte)type, 0, 1,
    ];
}
