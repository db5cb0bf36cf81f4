using MediaSecurityLite.SupportCenter.Storage;

namespace MediaSecurityLite.SupportCenter.Tests.Storage;

public sealed class WriteTurnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_WhileOthersWait_ComesInOrderAndOneAtATime()
    {
        using var turn = new WriteTurn();
        var first = await turn.TakeAsync(Token);
        var second = turn.TakeAsync(Token);
        var third = turn.TakeAsync(Token);
        Assert.False(second.IsCompleted);

        first.Dispose();
        using (await second.WaitAsync(Token))
        {
            Assert.False(third.IsCompleted);
        }

        using var last = await third.WaitAsync(Token);
    }

    [Fact]
    public async Task Take_GivenUp_LeavesTheTurnToTheNext()
    {
        using var turn = new WriteTurn();
        using var impatience = new CancellationTokenSource();
        var first = await turn.TakeAsync(Token);
        var second = turn.TakeAsync(impatience.Token);
        var third = turn.TakeAsync(Token);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();

        using var last = await third.WaitAsync(Token);
    }
}
