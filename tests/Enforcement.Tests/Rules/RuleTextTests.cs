using MediaSecurityLite.Enforcement.Rules;

namespace MediaSecurityLite.Enforcement.Tests.Rules;

public sealed class RuleTextTests
{
    private static readonly RuleSetOptions Open = new() { Queue = 77 };
    private static readonly RuleSetOptions Closed = new() { Queue = 77, PassesWhileDown = false };

    [Fact]
    public void Table_IsReplacedInOneTransaction() =>
        Assert.StartsWith("table inet mslgw\ndelete table inet mslgw\ntable inet mslgw {", FilterTable.Replacement(Open, hasQueue: false), StringComparison.Ordinal);

    [Fact]
    public void Table_DecidedFlows_AreLetGoByItsFirstRule()
    {
        var chain = FilterTable.Replacement(Open, hasQueue: false).Split("chain verdict {")[1].Split('\n');

        Assert.Equal("ct mark & 0x30000000 == 0x10000000 accept", chain[2].Trim());
    }

    [Fact]
    public void Table_HoldsTheQueue_OnlyWhereNftablesHasOne()
    {
        Assert.DoesNotContain("queue", FilterTable.Replacement(Open, hasQueue: false), StringComparison.Ordinal);
        Assert.Contains("queue flags bypass to 77", FilterTable.Replacement(Open, hasQueue: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Queue_WhileTheAgentIsDown_IsPassedByOrWaitedFor()
    {
        Assert.Contains("--queue-num 77 --queue-bypass", QueueChain.Replacement(Open, isV6: false, hasJump: true), StringComparison.Ordinal);
        Assert.DoesNotContain("bypass", QueueChain.Replacement(Closed, isV6: false, hasJump: true), StringComparison.Ordinal);
        Assert.DoesNotContain("bypass", FilterTable.Replacement(Closed, hasQueue: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 40, 52)]
    [InlineData(true, 60, 72)]
    public void Queue_HeadersWithoutData_AreNotShown(bool isV6, int bare, int withTimestamps)
    {
        var text = QueueChain.Replacement(Open, isV6, hasJump: true);

        Assert.Contains($"--length {bare} ", text, StringComparison.Ordinal);
        Assert.Contains($"--length {withTimestamps} ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Queue_RuleThatLeadsToIt_IsAddedOnce()
    {
        Assert.Contains("-I FORWARD -m connmark --mark 0x0/0x30000000 -j MSLGW", QueueChain.Replacement(Open, isV6: false, hasJump: false), StringComparison.Ordinal);
        Assert.DoesNotContain("-I FORWARD", QueueChain.Replacement(Open, isV6: false, hasJump: true), StringComparison.Ordinal);
    }
}
