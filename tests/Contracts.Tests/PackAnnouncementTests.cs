using System.Text.Json;

namespace MediaSecurityLite.Contracts.Tests;

public sealed class PackAnnouncementTests
{
    [Fact]
    public void TakesPart_NobodyAtZero_EverybodyAtTenThousand()
    {
        for (var i = 0; i < 200; i++)
        {
            var gateway = GatewayId.Parse($"gw-{i}");
            Assert.False(PackAnnouncement.TakesPart("base", "1", gateway, 0));
            Assert.True(PackAnnouncement.TakesPart("base", "1", gateway, AnnouncedPack.Everybody));
        }
    }

    [Fact]
    public void TakesPart_TakesAboutTheShare_AndOthersWithAnotherVersion()
    {
        var gateways = Enumerable.Range(0, 10_000).Select(i => GatewayId.Parse($"gw-{i}")).ToArray();
        var first = gateways.Where(gateway => PackAnnouncement.TakesPart("base", "1", gateway, 1_000)).ToHashSet();
        var second = gateways.Where(gateway => PackAnnouncement.TakesPart("base", "2", gateway, 1_000)).ToHashSet();

        Assert.InRange(first.Count, 850, 1_150);
        Assert.InRange(second.Count, 850, 1_150);
        Assert.InRange(first.Intersect(second).Count(), 40, 180);
    }

    [Fact]
    public void TakesPart_OnceIn_StaysInWhileTheShareGrows()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var gateway = GatewayId.Parse($"gw-{i}");
            if (PackAnnouncement.TakesPart("base", "1", gateway, 100))
            {
                Assert.True(PackAnnouncement.TakesPart("base", "1", gateway, 1_000));
            }
        }
    }

    [Theory]
    [InlineData("""{"packs":null,"rootVersion":1,"base":"https://a"}""")]
    [InlineData("""{"packs":[],"rootVersion":1}""")]
    [InlineData("""{"packs":[{"name":"a"}],"rootVersion":1,"base":"https://a"}""")]
    public void Deserialize_AnnouncementThatLacksSomething_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ContractsJson.Default.PackAnnouncement));
}
