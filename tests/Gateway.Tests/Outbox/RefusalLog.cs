using MediaSecurityLite.Gateway.Outbox;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Tests.Outbox;

/// <summary>Tells a test when the outbox has said that the disk refuses.</summary>
internal sealed class RefusalLog : ILogger<OutboxService>
{
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Seen => _seen.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "DiskRefuses")
        {
            _seen.TrySetResult();
        }
    }
}
