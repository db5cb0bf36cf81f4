using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Dns;
using MediaSecurityLite.Inspection.Protocols.Http;
using MediaSecurityLite.Inspection.Protocols.Tls;

namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>
/// Where parsers report what they read. Each observation first meets the detectors, then becomes a record where records are
/// wanted. One per inspector.
/// </summary>
internal sealed class Observations(DetectorSet detectors, EveWriter? records)
{
    /// <summary>Time of the packet that is being inspected, in nanoseconds since 1970-01-01 UTC.</summary>
    public long Now { get; set; }

    /// <summary>Application data that broke its protocol's rules.</summary>
    public long Malformed { get; private set; }

    /// <summary>Counts data that broke its protocol's rules.</summary>
    public void CountMalformed() => Malformed++;

    public void Dns(Flow flow, in DnsMessage message)
    {
        if (!message.IsResponse)
        {
            detectors.OnDnsQuery(flow, message, Now);
        }

        records?.Dns(flow, message, Now);
    }

    /// <summary>The client said hello: the earliest moment at which the server's name is known.</summary>
    public void TlsClientHello(Flow flow, in ClientHello hello) => detectors.OnServerName(flow, hello.ServerName, Now);

    /// <summary>A TLS session is known as far as it will be.</summary>
    public void TlsSession(Flow flow, TlsParser session) => records?.Tls(flow, session, Now);

    /// <summary>The head of a request is complete: the earliest moment at which host and target are known.</summary>
    public void HttpRequest(Flow flow, HttpRequestHead request) => detectors.OnHttpRequest(flow, request, Now);

    /// <summary>A file has passed, whole or not.</summary>
    public void File(Flow flow, TrackedFile file) => records?.File(flow, file, Now);

    /// <summary>A request and its response are over, or the flow is.</summary>
    public void HttpTransaction(Flow flow, HttpTransaction transaction) => records?.Http(flow, transaction, Now);
}
