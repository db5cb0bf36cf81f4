using MediaSecurityLite.Enforcement.Queue;

namespace MediaSecurityLite.Enforcement.Tests.Queue;

public sealed class QueuedPacketTests
{
    private static readonly byte[] Mac = [0x02, 0x00, 0x5e, 0x77, 0x00, 0x10];
    private static readonly byte[] V4 = [0x45, 0, 0, 20, .. new byte[16]];
    private static readonly byte[] V6 = [0x60, .. new byte[39]];

    [Fact]
    public void TryRead_APacket_HasItsNumberMarkAndBytes()
    {
        Assert.True(QueuedPacket.TryRead(QueueMessages.Packet(0x01020304, 0xA0B0C0D0, Mac, V4), out var packet));

        Assert.Equal((0x01020304u, 0xA0B0C0D0u), (packet.Id, packet.Mark));
        Assert.Equal(V4, packet.Bytes.ToArray());
    }

    [Theory]
    [InlineData(false, 0x0800)]
    [InlineData(true, 0x86DD)]
    public void At_IsAnEthernetFrameThatNamesTheTerminal(bool isV6, int etherType)
    {
        var bytes = isV6 ? V6 : V4;
        Assert.True(QueuedPacket.TryRead(QueueMessages.Packet(1, 0, Mac, bytes), out var packet));

        Assert.Equal([.. new byte[6], .. Mac, (byte)(etherType >> 8), (byte)etherType, .. bytes], packet.At(5).Bytes.ToArray());
        Assert.Equal(5, packet.At(5).Timestamp);
    }

    [Fact]
    public void TryRead_CutAnywhere_IsNoPacketAndNeverThrows()
    {
        var whole = QueueMessages.Packet(1, 2, Mac, V4);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(QueuedPacket.TryRead(whole.AsSpan(0, length).ToArray(), out _), $"{length} bytes");
        }
    }

    [Fact]
    public void TryRead_AnError_IsNoPacket() =>
        Assert.False(QueuedPacket.TryRead(QueueMessages.Message(Netlink.Error, [0, 0, 0, 0]), out _));

    [Fact]
    public void TryRead_AttributeOfLengthZero_EndsTheReading() =>
        Assert.False(QueuedPacket.TryRead(QueueMessages.Message(Netlink.Packet, [0, 0, 0, 0], [0, 0, 0, 0]), out _));
}
