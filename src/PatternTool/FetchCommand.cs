using System.CommandLine;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.PatternTool.Fetching;

namespace MediaSecurityLite.PatternTool;

/// <summary><c>mslpat fetch</c></summary>
internal static class FetchCommand
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var sources = BuildCommand.SourcesOption();
        var folders = BuildCommand.FoldersOption();
        var force = new Option<bool>("--force") { Description = "Ask for sources that are not due as well." };
        var command = new Command("fetch", "Brings the sources that have a 'url' to their 'path', and keeps the last good copy of each.") { sources, folders, force };
        command.SetAction(async (parsed, cancellation) =>
        {
            var list = SourceList.Load(parsed.GetRequiredValue(sources), BuildCommand.Folders(parsed.GetValue(folders) ?? []), forFetching: true);
            using var handler = new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None, MaxAutomaticRedirections = 5 };
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            client.DefaultRequestHeaders.UserAgent.ParseAdd("mslpat/1");
            return await RunAsync(
                list, new SourceFetcher(client, TimeProvider.System, RetryDelay), parsed.GetValue(force), parsed.InvocationConfiguration, cancellation);
        });
        return command;
    }

    internal static async Task<int> RunAsync(
        SourceList list, SourceFetcher fetcher, bool isForced, InvocationConfiguration console, CancellationToken cancellation)
    {
        var code = ExitCodes.Ok;
        foreach (var source in list.Sources.Where(source => source.Entry.Url is not null))
        {
            var outcome = await fetcher.FetchAsync(source, isForced, cancellation);
            await console.Output.WriteLineAsync(FormattableString.Invariant($"{outcome.Source}: {outcome.Result}, {outcome.Entries} entries"));
            if (outcome.IsFailure)
            {
                var kept = outcome.Result == FetchResult.Missing ? "there is no copy of it" : "the last good copy stays";
                await console.Error.WriteLineAsync($"mslpat: {outcome.Source}: {outcome.Reason}; {kept}");
                code = ExitCodes.Failed;
            }
        }

        return code;
    }
}
