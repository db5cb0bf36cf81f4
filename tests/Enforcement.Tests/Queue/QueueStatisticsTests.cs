using MediaSecurityLite.Enforcement.Queue;

namespace MediaSecurityLite.Enforcement.Tests.Queue;

public sealed class QueueStatisticsTests
{
    [Fact]
    public void TryParse_ALineOfTheKernel_HasWhatIsWaitingAndLost()
    {
        Assert.True(QueueStatistics.TryParse("   77  29964    12 2 65531     3     4      250  1", out var queue, out var statistics));

        Assert.Equal(77, queue);
        Assert.Equal(new QueueStatistics(Waiting: 12, QueueDropped: 3, UserDropped: 4), statistics);
    }

    [Theory]
    [InlineData("")]
    [InlineData("77 29964 12 2 65531 3")]
    [InlineData("a b c d e f g h i")]
    public void TryParse_SomethingElse_IsRefused(string line) => Assert.False(QueueStatistics.TryParse(line, out _, out _));
}
