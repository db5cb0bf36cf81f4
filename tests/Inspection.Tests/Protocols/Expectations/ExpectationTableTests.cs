using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Expectations;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Expectations;

public sealed class ExpectationTableTests
{
    private static readonly IpAddress Client = IpAddress.FromV4(0xC0A8010A);
    private static readonly IpAddress Server = IpAddress.FromV4(0xCB007150);

    [Fact]
    public void Flow_ThatWasAnnounced_IsTakenOnce()
    {
        var table = new ExpectationTable();
        table.Add(To(20000), AppProtocol.FtpData, now: 0);

        Assert.False(table.TryTake(FlowTo(20001), Direction.ToServer, 1, out _));
        Assert.True(table.TryTake(FlowTo(20000), Direction.ToServer, 1, out var expectation));
        Assert.Equal(AppProtocol.FtpData, expectation.Protocol);
        Assert.False(table.TryTake(FlowTo(20000), Direction.ToServer, 1, out _));
    }

    [Fact]
    public void Announcement_AfterItsTime_CountsNoMore()
    {
        var table = new ExpectationTable();
        table.Add(To(20000), AppProtocol.FtpData, now: 0);

        Assert.False(table.TryTake(FlowTo(20000), Direction.ToServer, ExpectationTable.LifetimeNanoseconds + 1, out _));
    }

    [Fact]
    public void Announcement_OfOneSpeaker_IsNotMetByTheOther()
    {
        var table = new ExpectationTable();
        table.Add(To(20000), AppProtocol.FtpData, now: 0).FirstSpeaker = Direction.ToClient;

        Assert.False(table.TryTake(FlowTo(20000), Direction.ToServer, 1, out _));
        Assert.True(table.TryTake(FlowTo(20000), Direction.ToClient, 1, out _));
    }

    [Fact]
    public void Announcement_OfTheSamePort_ReplacesTheOlder()
    {
        var table = new ExpectationTable();
        table.Add(To(20000), AppProtocol.FtpData, now: 0).FileName.Set("old"u8);
        table.Add(To(20000), AppProtocol.FtpData, now: 1).FileName.Set("new"u8);

        Assert.Equal(1, table.Count);
        Assert.True(table.TryTake(FlowTo(20000), Direction.ToServer, 2, out var expectation));
        Assert.True(expectation.FileName.Value.SequenceEqual("new"u8));
    }

    [Fact]
    public void Table_ThatIsFull_ForgetsTheOldest()
    {
        var table = new ExpectationTable();
        for (var port = 1; port <= ExpectationTable.MaxCount + 10; port++)
        {
            table.Add(To((ushort)port), AppProtocol.FtpData, now: port);
        }

        Assert.Equal(ExpectationTable.MaxCount, table.Count);
        Assert.False(table.TryTake(FlowTo(10), Direction.ToServer, 5000, out _));
        Assert.True(table.TryTake(FlowTo(11), Direction.ToServer, 5000, out _));
    }

    private static ExpectedFlow To(ushort port) => new(IpProtocol.Tcp, Client, Server, port);

    private static Flow FlowTo(ushort port) => new() { Protocol = IpProtocol.Tcp, Client = Client, Server = Server, ClientPort = 1024, ServerPort = port };
}
