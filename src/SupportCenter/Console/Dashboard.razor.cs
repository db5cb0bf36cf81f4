using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.AspNetCore.Components;

namespace MediaSecurityLite.SupportCenter.Console;

/// <summary>The page: reads again when something changed, and every ten seconds for the times it shows.</summary>
public sealed partial class Dashboard : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStill = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _gone = new();
    private Task _watching = Task.CompletedTask;
    private DashboardView? _view;
    private long _shown;
    private bool _failed;

    [Inject]
    private DashboardReader Reader { get; set; } = null!;

    [Inject]
    private ConsoleFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _watching;
        _gone.Dispose();
    }

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _watching = WatchAsync();
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Look, Time);
        try
        {
            do
            {
                if (Feed.Version != _shown || _view is null || Time.GetUtcNow() - _view.ReadAt >= LongestStill)
                {
                    await ReadAsync();
                    await InvokeAsync(StateHasChanged);
                }
            }
            while (await timer.WaitForNextTickAsync(_gone.Token));
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was closed: nobody is left to show anything to.
        }
    }

    private async Task ReadAsync()
    {
        var version = Feed.Version;
        try
        {
            _view = await Reader.ReadAsync(_gone.Token);
            _shown = version;
            _failed = false;
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            _failed = true;
        }
    }
}
