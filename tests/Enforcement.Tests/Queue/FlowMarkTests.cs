using MediaSecurityLite.Enforcement.Queue;

namespace MediaSecurityLite.Enforcement.Tests.Queue;

public sealed class FlowMarkTests
{
    [Fact]
    public void With_LeavesTheBitsOfOthersAlone() =>
        Assert.Equal(0xC000_1234u | FlowMark.Pass, FlowMark.With(0xF000_1234u, FlowMark.Pass));
}
