using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Storage;

namespace MediaSecurityLite.SupportCenter.Incidents;

/// <summary>The open incidents within one transaction: findings are added, incidents opened and closed, and the mails of it queued.</summary>
internal sealed class IncidentPage(CenterDb db, IEnumerable<Incident> open, MailComposer composer, DateTimeOffset now)
{
    private readonly Dictionary<(string GatewayId, string Key), Incident> _open =
        open.ToDictionary(incident => (incident.GatewayId, incident.Key));

    private readonly List<(MailKind Kind, Incident Incident, FleetMember Gateway, DetectionEvent? Detection)> _news = [];

    /// <summary>Adds a C&amp;C detection to its incident, opening it if there is none.</summary>
    public void Record(FleetMember gateway, StoredEvent stored, DetectionEvent detection)
    {
        var key = (gateway.Id, IncidentKey.Of(detection));
        if (!_open.TryGetValue(key, out var incident))
        {
            incident = Open(gateway, key.Item2, detection);
            _open.Add(key, incident);
            Tell(incident, gateway, detection);
        }
        else if (incident.Action == DetectionAction.Blocked && detection.Action == DetectionAction.Detected)
        {
            // The customer was told that it was stopped; now something passed.
            incident.Action = DetectionAction.Detected;
            Tell(incident, gateway, detection);
        }

        incident.Count += detection.Count;
        incident.FirstSeen = Earlier(incident.FirstSeen, detection.FirstSeen);
        incident.LastSeen = Later(incident.LastSeen, detection.LastSeen);
        incident.LastReceivedAt = now;
        incident.Terminal = detection.Terminal;
        stored.Incident = incident;
    }

    /// <summary>Opens the gateway's offline incident; nothing if it is open.</summary>
    public void OpenOffline(FleetMember gateway)
    {
        var key = (gateway.Id, IncidentKey.Offline);
        if (_open.ContainsKey(key))
        {
            return;
        }

        var seen = gateway.LastSeenAt ?? now;
        var incident = new Incident
        {
            GatewayId = gateway.Id,
            Kind = IncidentKind.Offline,
            Key = IncidentKey.Offline,
            OpenedAt = now,
            FirstSeen = seen,
            LastSeen = seen,
            LastReceivedAt = now,
            Count = 1,
        };
        gateway.Connected = false;
        db.Incidents.Add(incident);
        _open.Add(key, incident);
        _news.Add((MailKind.Offline, incident, gateway, null));
    }

    /// <summary>Closes the gateway's offline incident, if one is open: it gave a sign of life.</summary>
    public void CloseOffline(FleetMember gateway)
    {
        if (_open.Remove((gateway.Id, IncidentKey.Offline), out var incident))
        {
            incident.ClosedAt = now;
            incident.Closing = IncidentClosing.Returned;
            incident.LastSeen = now;
            _news.Add((MailKind.Returned, incident, gateway, null));
        }
    }

    /// <summary>Writes the mails of what happened. Incidents must be saved before, because their numbers stand in the mails.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> QueueMailsAsync(CancellationToken cancellationToken)
    {
        foreach (var (kind, incident, gateway, detection) in _news)
        {
            db.Mails.Add(composer.Compose(kind, incident, gateway, detection, now));
        }

        await db.SaveChangesAsync(cancellationToken);
        return _news.Count > 0;
    }

    private Incident Open(FleetMember gateway, string key, DetectionEvent detection)
    {
        var incident = new Incident
        {
            GatewayId = gateway.Id,
            Kind = IncidentKind.CommandAndControl,
            Key = key,
            OpenedAt = now,
            FirstSeen = detection.FirstSeen,
            LastSeen = detection.LastSeen,
            LastReceivedAt = now,
            Terminal = detection.Terminal,
            TerminalMac = detection.TerminalMac,
            Family = IncidentKey.FamilyOf(detection),
            Action = detection.Action,
        };
        db.Incidents.Add(incident);
        return incident;
    }

    private void Tell(Incident incident, FleetMember gateway, DetectionEvent detection) => _news.Add(
        (detection.Action == DetectionAction.Blocked ? MailKind.Blocked : MailKind.Detected, incident, gateway, detection));

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
