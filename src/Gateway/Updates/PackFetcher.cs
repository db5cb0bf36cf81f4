using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>
/// Fetches files that never change (their names are digests), so a broken download goes on where it stopped. Whatever the other side
/// does, a file ends: it has a bound in bytes, a bound on silence and a least speed.
/// </summary>
internal sealed class PackFetcher(HttpClient http, string baseAddress, string folder, TimeProvider time, TimeSpan? retryDelay = null) : IPackSource
{
    /// <summary>The slowest line that a pack is fetched over, in bytes a second; below it the file is given up.</summary>
    public const int LeastSpeed = 1024;

    /// <summary>How long speed is measured, and how long nothing at all may come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int BufferBytes = 64 * 1024;
    private const int Retries = 4;

    private readonly ResiliencePipeline _retry = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<HttpIOException>().Handle<TimeoutException>(),
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = retryDelay ?? TimeSpan.FromSeconds(2),
            MaxDelay = TimeSpan.FromMinutes(2),
        })
        .Build();

    public long Received { get; private set; }

    public async Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        var part = Path.Combine(folder, path.Replace('/', '.') + ".part");
        try
        {
            if (!await _retry.ExecuteAsync(async token => await TryFetchAsync(path, part, maxBytes, token), cancellationToken))
            {
                return null;
            }
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException or TimeoutException)
        {
            throw new UpdateRefusal(
                e is TimeoutException ? UpdateRefusal.SlowRetrieval : UpdateRefusal.Unreachable, $"{path}: {e.Message}", mayPass: true, e);
        }

        var bytes = await File.ReadAllBytesAsync(part, cancellationToken);
        File.Delete(part);
        return bytes;
    }

    private async Task<bool> TryFetchAsync(string path, string part, long maxBytes, CancellationToken cancellationToken)
    {
        var have = File.Exists(part) ? new FileInfo(part).Length : 0;
        using var silence = new Silence(time, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{baseAddress}/{path}");
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
        }

        using var response = await silence.GuardAsync(token => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound:
                return false;
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                // What is here is all of it, or not of this file: its digest will tell.
                return have > 0 ? true : throw new HttpRequestException("the server has no such range of a whole file");
            case HttpStatusCode.PartialContent when have > 0 && response.Content.Headers.ContentRange?.From == have:
                break;
            case HttpStatusCode.OK:
                have = 0;
                break;
            default:
                throw new HttpRequestException($"the server answers {(int)response.StatusCode}");
        }

        await using var body = await silence.GuardAsync(response.Content.ReadAsStreamAsync);
        await using var file = new FileStream(part, have > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write);
        await CopyAsync(path, body, file, maxBytes - have, silence);
        return true;
    }

    private async Task CopyAsync(string path, Stream body, FileStream file, long room, Silence silence)
    {
        var buffer = new byte[BufferBytes];
        var (began, came) = (time.GetTimestamp(), 0L);
        while (true)
        {
            var count = await silence.GuardAsync(async token => await body.ReadAsync(buffer, token));
            if (count == 0)
            {
                return;
            }

            Received += count;
            if ((room -= count) < 0)
            {
                file.SetLength(0);
                throw new UpdateRefusal(UpdateRefusal.EndlessData, $"{path} does not end where it should", mayPass: true);
            }

            await file.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            came += count;
            var elapsed = time.GetElapsedTime(began);
            if (elapsed >= Patience)
            {
                if (came < LeastSpeed * elapsed.TotalSeconds)
                {
                    throw new TimeoutException($"it comes with less than {LeastSpeed} bytes a second");
                }

                (began, came) = (time.GetTimestamp(), 0);
            }
        }
    }

    /// <summary>Ends a wait when nothing comes for too long.</summary>
    private sealed class Silence(TimeProvider time, CancellationToken outer) : IDisposable
    {
        private readonly CancellationTokenSource _patience = new(Patience, time);

        public async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> wait)
        {
            _patience.CancelAfter(Patience);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token, outer);
            try
            {
                return await wait(either.Token);
            }
            catch (OperationCanceledException) when (!outer.IsCancellationRequested)
            {
                throw new TimeoutException($"nothing came for {Patience.TotalSeconds:0} s");
            }
        }

        public void Dispose() => _patience.Dispose();
    }
}
