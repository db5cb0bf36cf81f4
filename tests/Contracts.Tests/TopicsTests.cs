namespace MediaSecurityLite.Contracts.Tests;

public sealed class TopicsTests
{
    [Theory]
    [InlineData("gw-0001", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("A", false)]
    [InlineData("a/b", false)]
    [InlineData("a+b", false)]
    public void GatewayId_TryParse_AcceptsOnlyTopicSafeNames(string text, bool valid) =>
        Assert.Equal(valid, GatewayId.TryParse(text, out _));

    [Fact]
    public void TryParse_TakesApartWhatEventBuilds()
    {
        var id = GatewayId.Parse("gw-7");

        Assert.True(Topics.TryParse(Topics.Event(id, EventTypes.Detection), out var gateway, out var rest));
        Assert.Equal(id, gateway);
        Assert.Equal("event/detection", rest);
    }

    [Theory]
    [InlineData("msl/v1/gw/gw-7/heartbeat", true)]
    [InlineData("msl/v1/gw/gw-77/heartbeat", false)]
    [InlineData("msl/v1/gw/gw-7", false)]
    public void IsOwnSubtree_StopsAtTheSlash(string topic, bool own) =>
        Assert.Equal(own, Topics.IsOwnSubtree(GatewayId.Parse("gw-7"), topic));
}
