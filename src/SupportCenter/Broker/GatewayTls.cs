using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.SupportCenter.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>TLS 1.3 only, and only with a client certificate of our own authority: for the broker and for pattern files.</summary>
internal sealed class GatewayTls(CertificateAuthority authority, ServerCertificate certificate, Refusals refusals)
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <param name="protocol">What is spoken inside (RFC 7301).</param>
    public TlsHandshakeCallbackOptions Handshake(SslApplicationProtocol protocol) => new()
    {
        HandshakeTimeout = HandshakeTimeout,
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Current(),
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [protocol],
            ClientCertificateRequired = true,
            CertificateChainPolicy = authority.ClientPolicy(),
            RemoteCertificateValidationCallback = Accept,
        }),
    };

    private bool Accept(object sender, X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors)
    {
        if (presented is null)
        {
            refusals.Note(RefusalCause.NoCertificate, gateway: null);
            return false;
        }

        if (errors != SslPolicyErrors.None)
        {
            refusals.Note(RefusalCause.ForeignCertificate, gateway: null);
            return false;
        }

        return true;
    }
}
