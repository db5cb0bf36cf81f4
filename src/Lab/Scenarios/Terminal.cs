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
        "curl", "--silent", "--show-error", "--fail", "--max-time", "10", "--noproxy", "*",
        visit.OverIPv6 ? "--ipv6" : "--ipv4", "--cacert", AuthorityFile, url);
}
