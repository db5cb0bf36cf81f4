using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Identity;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Fleet;

/// <summary>Who belongs to the fleet.</summary>
internal sealed class FleetRegistry(CenterDb db, CertificateAuthority authority, TimeProvider time)
{
    /// <summary>Registers a gateway; one that was removed comes back with a new credential, and its old one stays shut out.</summary>
    /// <param name="member">The gateway.</param>
    /// <param name="deliver">Takes the credential; if it fails nothing is registered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False if it is registered already.</returns>
    public async Task<bool> AddAsync(NewMember member, Action<GatewayCredential> deliver, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var id = member.Id.ToString();
        var known = await db.Gateways.FirstOrDefaultAsync(gateway => gateway.Id == id, cancellationToken);
        if (known is { RemovedAt: null })
        {
            return false;
        }

        var credential = authority.IssueGateway(member.Id);
        var now = time.GetUtcNow();
        if (known is null)
        {
            db.Gateways.Add(new FleetMember
            {
                Id = id,
                Name = member.Name,
                Mail = member.Mail,
                Language = member.Language,
                CertificateThumbprint = credential.Thumbprint,
                RegisteredAt = now,
            });
        }
        else
        {
            known.Name = member.Name;
            known.Mail = member.Mail;
            known.Language = member.Language;
            known.CertificateThumbprint = credential.Thumbprint;
            known.RegisteredAt = now;
            known.RemovedAt = null;
            known.LastSeenAt = null;
        }

        await db.SaveChangesAsync(cancellationToken);
        deliver(credential);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public static Task<List<FleetMember>> ListAsync(CenterDb db, CancellationToken cancellationToken) => db.Gateways
        .AsNoTracking()
        .Where(gateway => gateway.RemovedAt == null)
        .OrderBy(gateway => gateway.Id)
        .ToListAsync(cancellationToken);

    /// <summary>Takes a gateway off the fleet and closes its incidents.</summary>
    /// <returns>False if it is not registered.</returns>
    public static async Task<bool> RemoveAsync(CenterDb db, GatewayId gateway, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var id = gateway.ToString();
        var member = await db.Gateways.FirstOrDefaultAsync(known => known.Id == id && known.RemovedAt == null, cancellationToken);
        if (member is null)
        {
            return false;
        }

        member.RemovedAt = time.GetUtcNow();
        member.Connected = false;
        await db.Incidents
            .Where(incident => incident.GatewayId == id && incident.ClosedAt == null)
            .ExecuteUpdateAsync(
                incident => incident.SetProperty(i => i.ClosedAt, member.RemovedAt).SetProperty(i => i.Closing, IncidentClosing.Operator),
                cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
