using FsCheck.Xunit;
using MediaSecurityLite.SupportCenter.Broker;
using MQTTnet.Exceptions;

namespace MediaSecurityLite.SupportCenter.Tests.Broker;

public sealed class PacketSizeLimitTests
{
    private const int Largest = 300;

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(127, true)]
    [InlineData(128, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(2_097_151, false)]
    [InlineData(268_435_455, false)]
    public void Follow_OnePacket_StopsAboveTheLimit(int length, bool allowed)
    {
        var limit = new PacketSizeLimit(Largest);
        var header = Header(length);

        var fault = Record.Exception(() => limit.Follow(header));

        Assert.Equal(allowed, fault is null);
    }

    [Fact]
    public void Follow_LengthOfFiveBytes_Stops()
    {
        var limit = new PacketSizeLimit(int.MaxValue);

        Assert.Throws<MqttProtocolViolationException>(() => limit.Follow([0x30, 0x80, 0x80, 0x80, 0x80, 0x01]));
    }

    [Property]
    public bool Follow_SameBytesInAnyCut_GiveTheSameAnswer(byte[] bytes, ushort[] cuts)
    {
        var whole = new PacketSizeLimit(Largest);
        var parts = new PacketSizeLimit(Largest);
        var expected = Record.Exception(() => whole.Follow(bytes)) is null;

        var actual = Record.Exception(() =>
        {
            var rest = bytes.AsSpan();
            foreach (var cut in cuts)
            {
                var length = Math.Min(cut % 5, rest.Length);
                parts.Follow(rest[..length]);
                rest = rest[length..];
            }

            parts.Follow(rest);
        }) is null;

        return expected == actual;
    }

    [Property]
    public bool Follow_AllowedPacketsInARow_NeverStop(byte[] lengths)
    {
        var limit = new PacketSizeLimit(Largest);
        var stream = lengths.SelectMany(length => Header(length).Concat(new byte[length])).ToArray();

        return Record.Exception(() => limit.Follow(stream)) is null;
    }

    private static byte[] Header(int length)
    {
        var header = new List<byte> { 0x30 };
        do
        {
            header.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. header];
    }
}
