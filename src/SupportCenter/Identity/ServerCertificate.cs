using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MediaSecurityLite.SupportCenter.Identity;

/// <summary>The broker's certificate: made at start, replaced in time before it expires. Its key never touches the disk.</summary>
internal sealed class ServerCertificate(CertificateAuthority authority, IReadOnlyList<string> hostNames, TimeProvider time)
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private readonly Lock _lock = new();
    private SslStreamCertificateContext? _context;

    /// <summary>The certificate in force now, ready for a handshake.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            if (_context is null || _context.TargetCertificate.NotAfter.ToUniversalTime() - RenewBefore < time.GetUtcNow().UtcDateTime)
            {
                // The replaced certificate is left to the collector: handshakes may still use it.
                _context = SslStreamCertificateContext.Create(
                    authority.IssueServer(hostNames), new X509Certificate2Collection(authority.Certificate), offline: true);
            }

            return _context;
        }
    }
}
