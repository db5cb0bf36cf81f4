using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Tests.Flows;

public sealed class FlowKeyTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(0x1234_5678_9ABC_DEF0UL)]
    public void Hash_OfAnOfficesFlows_SpreadsEvenlyOverBuckets(ulong seed)
    {
        const int Buckets = 4096;
        var counts = new int[Buckets];
        for (uint terminal = 1; terminal <= 64; terminal++)
        {
            for (uint port = 0; port < 256; port++)
            {
                var key = new FlowKey(IpAddress.FromV4(0xC0A8_0100 + terminal), IpAddress.FromV4(0xCB00_7150), ((40000 + port) << 16) | 443, 6);
                counts[key.Hash(seed) % Buckets]++;
            }
        }

        // 16,384 keys in 4,096 buckets: with an even spread more than 20 in one is less likely than one in a million.
        Assert.True(counts.Max() <= 20, $"fullest bucket holds {counts.Max()}");
        Assert.True(counts.Count(count => count == 0) < Buckets / 20);
    }

    [Fact]
    public void Hash_UnderAnotherSeed_CollidesElsewhere()
    {
        var keys = Enumerable.Range(0, 20_000).Select(i => new FlowKey(IpAddress.FromV4((uint)i), IpAddress.FromV4(7), 9, 17)).ToList();
        var together = keys.GroupBy(key => key.Hash(1) % 1024).First().ToList();

        Assert.True(together.Select(key => key.Hash(2) % 1024).Distinct().Count() > together.Count / 2);
    }
}
