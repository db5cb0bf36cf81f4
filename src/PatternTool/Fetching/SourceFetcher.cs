using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MediaSecurityLite.Patterns.Compiling;
using Polly;
using Polly.Retry;

namespace MediaSecurityLite.PatternTool.Fetching;

/// <summary>
/// Brings sources from where they are published, over HTTPS alone. A copy replaces the one before only when all of it has
/// arrived, its reader finds entries in it, and their number is within the source's bounds; else the last good copy stays.
/// </summary>
internal sealed class SourceFetcher(HttpClient client, TimeProvider time, TimeSpan retryDelay)
{
    private const int Attempts = 3;
    private const int CopyBytes = 64 * 1024;

    private readonly ResiliencePipeline _retries = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Attempts - 1,
            Delay = retryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(IsPassing).Handle<HttpIOException>(),
        })
        .Build();

    /// <summary>Brings one source up to date.</summary>
    /// <param name="source">The source; it must have a URL.</param>
    /// <param name="isForced">Asks also where it is not due.</param>
    /// <param name="cancellation">Gives up; the last good copy stays.</param>
    public async Task<FetchOutcome> FetchAsync(ListedSource source, bool isForced, CancellationToken cancellation)
    {
        var entry = source.Entry;
        var last = ReadState(source.Feed.Path);
        if (!isForced && last is not null && time.GetUtcNow() < last.Checked + (entry.Every ?? TimeSpan.Zero))
        {
            return new FetchOutcome(entry.Id, FetchResult.NotDue, last.Entries);
        }

        var candidate = $"{source.Feed.Path}.new";
        Directory.CreateDirectory(Path.GetDirectoryName(candidate)!);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(entry.Timeout ?? SourceEntry.DefaultTimeout);
            var answer = await _retries.ExecuteAsync(
                async token => await DownloadAsync(new Uri(entry.Url!), last, entry.MaxBytes ?? SourceEntry.DefaultMaxBytes, candidate, token),
                limit.Token);
            return answer is null ? Unchanged(source, last!) : Take(source, candidate, answer, last);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Refused(entry.Id, last, $"not all of it came within {entry.Timeout ?? SourceEntry.DefaultTimeout}");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Refused(entry.Id, last, fault.InnerException is { } inner ? $"{fault.Message} {inner.Message}" : fault.Message);
        }
        finally
        {
            File.Delete(candidate);
        }
    }

    private static string StatePath(string path) => $"{path}.fetch.json";

    /// <summary>Downloads to a file beside the copy.</summary>
    /// <returns>What the server says of this version; null where it has nothing newer.</returns>
    private async Task<FetchState?> DownloadAsync(Uri url, FetchState? last, long maxBytes, string target, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (last?.ETag is { } tag && EntityTagHeaderValue.TryParse(tag, out var known))
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        request.Headers.IfModifiedSince = last?.LastModified;
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.NotModified && last is not null)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        if (response.RequestMessage?.RequestUri?.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidDataException("the server led away from HTTPS");
        }

        var body = await response.Content.ReadAsStreamAsync(cancellation);
        await using (body)
        {
            await CopyAsync(body, target, maxBytes, cancellation);
        }

        return new FetchState
        {
            ETag = response.Headers.ETag?.ToString(),
            LastModified = response.Content.Headers.LastModified,
            Checked = time.GetUtcNow(),
            Entries = 0,
        };
    }

    private static async Task CopyAsync(Stream body, string target, long maxBytes, CancellationToken cancellation)
    {
        var file = new FileStream(target, FileMode.Create, FileAccess.Write);
        await using (file)
        {
            var buffer = new byte[CopyBytes];
            for (var total = 0L; ;)
            {
                var read = await body.ReadAsync(buffer, cancellation);
                if (read == 0)
                {
                    break;
                }

                total += read;
                if (total > maxBytes)
                {
                    throw new InvalidDataException($"it is larger than {maxBytes} bytes");
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Puts a download in the copy's place if it is believable.</summary>
    private static FetchOutcome Take(ListedSource source, string candidate, FetchState answer, FetchState? last)
    {
        var entry = source.Entry;
        var count = new EntryCount();
        source.Reader.Read(source.Feed with { Path = candidate }, count);
        if (count.Usable == 0)
        {
            return Refused(entry.Id, last, "there is no usable entry in it");
        }

        if (last is not null && count.Usable < last.Entries * (1 - (entry.MaxShrink ?? SourceEntry.DefaultMaxShrink)))
        {
            return Refused(entry.Id, last, $"it shrank from {last.Entries} to {count.Usable} entries");
        }

        if (last is not null && count.Usable > last.Entries * (1 + (entry.MaxGrowth ?? SourceEntry.DefaultMaxGrowth)))
        {
            return Refused(entry.Id, last, $"it grew from {last.Entries} to {count.Usable} entries");
        }

        // The state goes first: if it stops here, the server is asked without a tag that speaks of a copy that is not there.
        File.Delete(StatePath(source.Feed.Path));
        File.Move(candidate, source.Feed.Path, overwrite: true);
        WriteState(source.Feed.Path, answer with { Entries = count.Usable });
        return new FetchOutcome(entry.Id, FetchResult.Updated, count.Usable);
    }

    private FetchOutcome Unchanged(ListedSource source, FetchState last)
    {
        WriteState(source.Feed.Path, last with { Checked = time.GetUtcNow() });
        return new FetchOutcome(source.Entry.Id, FetchResult.Unchanged, last.Entries);
    }

    private static FetchOutcome Refused(string id, FetchState? last, string reason) =>
        new(id, last is null ? FetchResult.Missing : FetchResult.KeptLastGood, last?.Entries ?? 0, reason);

    private static bool IsPassing(HttpRequestException fault) =>
        fault.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private static FetchState? ReadState(string path)
    {
        if (!File.Exists(path) || !File.Exists(StatePath(path)))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(StatePath(path)), FetchJson.Default.FetchState);
        }
        catch (JsonException)
        {
            // A state that cannot be read only costs a download.
            return null;
        }
    }

    private static void WriteState(string path, FetchState state)
    {
        var temporary = $"{StatePath(path)}.tmp";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(state, FetchJson.Default.FetchState));
        File.Move(temporary, StatePath(path), overwrite: true);
    }
}
