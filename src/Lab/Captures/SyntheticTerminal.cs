using System.Text;
using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Scenarios;
using MediaSecurityLite.Lab.Servers;

namespace MediaSecurityLite.Lab.Captures;

/// <summary>
/// The same terminal as <see cref="Terminal"/>, without a machine: writes the frames that its visits would put on the wire.
/// For machines where nobody is root.
/// </summary>
internal sealed class SyntheticTerminal(FrameWriter frames, LabCertificates certificates)
{
    private static readonly TimeSpan BetweenVisits = TimeSpan.FromMilliseconds(200);
    private ushort _clientPort = 40_000;

    public async Task PlayAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        foreach (var visit in scenario.Visits)
        {
            await MakeAsync(visit, cancellationToken);
            frames.Clock.Advance(BetweenVisits);
        }
    }

    private async Task MakeAsync(Visit visit, CancellationToken cancellationToken)
    {
        var port = _clientPort++;
        switch (visit.Kind)
        {
            case VisitKind.Resolve:
                frames.WriteUdp(true, LabPlan.DnsServer, port, 53, DnsMessage.Question(port, visit.Site.Host));
                frames.WriteUdp(false, LabPlan.DnsServer, port, 53, DnsMessage.Answer(port, visit.Site.Host, visit.Site.Address4));
                break;
            case VisitKind.Http:
                new TcpConversation(frames, visit.Address, port, 80).Play(Http(visit));
                break;
            default:
                var path = visit.Kind == VisitKind.Https ? visit.Path : null;
                new TcpConversation(frames, visit.Address, port, 443)
                    .Play(await TlsConversation.RecordAsync(visit.Site.Host, path, certificates, cancellationToken));
                break;
        }
    }

    private static IEnumerable<Turn> Http(Visit visit) =>
    [
        new(FromClient: true, Encoding.ASCII.GetBytes($"GET {visit.Path} HTTP/1.1\r\nHost: {visit.Site.Host}\r\nUser-Agent: msllab\r\nAccept: */*\r\n\r\n")),
        new(FromClient: false, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 16\r\n\r\n<p>synthetic</p>"u8.ToArray()),
    ];
}
