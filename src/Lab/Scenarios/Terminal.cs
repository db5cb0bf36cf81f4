using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Scenarios;

/// <summary>The terminal behind the gateway: makes its visits with the programs that people use.</summary>
internal sealed class Terminal(string name, string authorityFile)
{
    /// <summary>Longer than any client's own limit below.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The certificate authority that the terminal trusts.</summary>
    public string AuthorityFile => authorityFile;

    /// <summary>Plays a scenario to its end. A visit that fails ends it: in monitor mode nothing may be stopped.</summary>
    public async Task PlayAsync(Scenario scenario, Action<Visit> begins, CancellationToken cancellationToken)
    {
        foreach (var visit in scenario.Visits)
        {
            begins(visit);
            await MakeAsync(visit, cancellationToken);
        }
    }

    public async Task<string> MakeAsync(Visit visit, CancellationToken cancellationToken) =>
        (await ChildProcess.RunAsync(CommandOf(visit) with { Namespace = name }, Limit, cancellationToken)).OrThrow().Output;

    /// <summary>Makes a visit that may be blocked. One that neither succeeds nor is refused at once is a fault.</summary>
    public async Task<VisitOutcome> TryAsync(Visit visit, CancellationToken cancellationToken)
    {
        const int CurlHttpError = 22;
        int[] refusals = visit.Kind == VisitKind.Handshake ? [1] : [6, 7, 35, 56]; // curl: name, connection, TLS handshake, receiving
        var result = await ChildProcess.RunAsync(CommandOf(visit) with { Namespace = name }, Limit, cancellationToken);
        if (result.ExitCode == CurlHttpError && result.Output.Contains("遮断されました", StringComparison.Ordinal))
        {
            return VisitOutcome.BlockPage;
        }

        if (refusals.Contains(result.ExitCode))
        {
            return VisitOutcome.Refused;
        }

        var output = result.OrThrow().Output;
        return visit.Kind == VisitKind.Resolve && output.Trim().Length == 0 ? VisitOutcome.Refused : VisitOutcome.Reached;
    }

    private Command CommandOf(Visit visit) => visit.Kind switch
    {
        VisitKind.Resolve => new Command("dig", $"@{LabPlan.DnsServer}", visit.Site.Host, "A", "+short", "+tries=2", "+time=2"),
        VisitKind.Http => Curl(visit, $"http://{visit.Site.Host}{visit.Path}"),
        VisitKind.Https => Curl(visit, $"https://{visit.Site.Host}{visit.Path}"),
        _ => new Command(
            "openssl", "s_client", "-connect", $"{visit.Address}:443", "-servername", visit.Site.Host,
            "-CAfile", AuthorityFile, "-verify_return_error", "-brief"),
    };

    private Command Curl(Visit visit, string url) => new(
        "curl", "--silent", "--show-error", "--fail-with-body", "--max-time", "10", "--noproxy", "*",
        visit.OverIPv6 ? "--ipv6" : "--ipv4", "--cacert", AuthorityFile, url);
}
