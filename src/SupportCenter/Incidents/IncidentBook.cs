using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Incidents;

/// <summary>Opens the page of the incidents that a transaction may touch.</summary>
internal sealed class IncidentBook(MailComposer composer)
{
    /// <summary>Reads the open incidents under <paramref name="keys"/>; the caller owns database and transaction.</summary>
    public async Task<IncidentPage> OpenAsync(
        CenterDb db, IEnumerable<(string GatewayId, string Key)> keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = keys.ToHashSet();
        var gateways = wanted.Select(pair => pair.GatewayId).Distinct().ToList();
        var names = wanted.Select(pair => pair.Key).Distinct().ToList();
        var open = await db.Incidents
            .Where(incident => incident.ClosedAt == null && gateways.Contains(incident.GatewayId) && names.Contains(incident.Key))
            .ToListAsync(cancellationToken);
        return new IncidentPage(db, open, composer, now);
    }
}
