using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Identity;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>Who a client certificate is, and whether the fleet still knows it. Asked anew each time, so that a removal counts at once.</summary>
internal sealed class GatewayAdmission(IDbContextFactory<CenterDb> databases)
{
    /// <summary>The gateway that a certificate of our authority names.</summary>
    public static bool TryName(X509Certificate2? certificate, out GatewayId gateway) =>
        GatewayId.TryParse(certificate?.GetNameInfo(X509NameType.SimpleName, forIssuer: false), out gateway);

    /// <returns>Null if the gateway is registered with this very certificate.</returns>
    public async Task<RefusalCause?> RefusalOfAsync(GatewayId gateway, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var id = gateway.ToString();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.Gateways.AsNoTracking().FirstOrDefaultAsync(g => g.Id == id && g.RemovedAt == null, cancellationToken);
        return known is null ? RefusalCause.NotRegistered
            : known.CertificateThumbprint != CertificateAuthority.ThumbprintOf(certificate) ? RefusalCause.ReplacedCertificate
            : null;
    }
}
