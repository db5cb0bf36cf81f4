namespace MediaSecurityLite.Lab.Product;

/// <summary>Looks at the centre's page as a person does who reloads it often.</summary>
internal sealed class CenterPage(Uri address, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _client = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };

    public async Task<IReadOnlyList<PageRow>> ReadAsync(CancellationToken cancellationToken) =>
        PageRow.ReadAll(await _client.GetStringAsync(address, cancellationToken));

    /// <summary>Waits for a row that holds all of <paramref name="words"/>.</summary>
    public Task<(PageRow Row, DateTimeOffset At)> WaitForRowAsync(TimeSpan limit, CancellationToken cancellationToken, params string[] words) =>
        WaitForRowAsync(row => words.All(word => row.Text.Contains(word, StringComparison.Ordinal)), string.Join(" ", words), limit, cancellationToken);

    public async Task<(PageRow Row, DateTimeOffset At)> WaitForRowAsync(
        Func<PageRow, bool> wanted, string description, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < limit)
        {
            if ((await ReadAsync(cancellationToken)).FirstOrDefault(wanted) is { } row)
            {
                return (row, time.GetUtcNow());
            }

            await Task.Delay(Glance, time, cancellationToken);
        }

        throw new LabException($"the page does not show '{description}' within {limit.TotalSeconds:0} s");
    }

    public void Dispose() => _client.Dispose();
}
