using System.Resources;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Language;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>Says in plain words what happened, what was done, what to do now and whom to call, in the contract's language.</summary>
internal sealed class MailComposer(SupportOptions support)
{
    private const int MaxNameLength = 80;
    private const int MaxHostLength = 120;

    private static readonly ResourceManager Resources = new("MediaSecurityLite.SupportCenter.Notifications.MailText", typeof(MailComposer).Assembly);

    public QueuedMail Compose(MailKind kind, Incident incident, FleetMember gateway, DetectionEvent? detection, DateTimeOffset now)
    {
        var content = ContentOf(kind, incident, gateway, detection, now);
        return new QueuedMail
        {
            Id = Guid.CreateVersion7(now),
            Incident = incident,
            Kind = kind,
            Recipient = gateway.Mail,
            Subject = content.Subject,
            Text = MailTextBody.Of(content),
            Html = MailHtmlBody.Of(content, gateway.Language),
            CreatedAt = now,
            DueAt = now,
        };
    }

    private MailContent ContentOf(MailKind kind, Incident incident, FleetMember gateway, DetectionEvent? detection, DateTimeOffset now)
    {
        var texts = new Texts(Resources, Languages.Of(gateway.Language));
        var name = UntrustedText.Line(gateway.Name, MaxNameLength);
        var subject = texts.Format($"{kind}Subject", incident.Terminal ?? name);
        return new MailContent
        {
            Subject = texts.Format("Subject", subject, incident.Id),
            Greeting = texts.Format("Greeting", name),
            Heading = texts[$"{kind}Heading"],
            Lead = texts.Format(detection is { IsLookup: true } ? $"{kind}LeadLookup" : $"{kind}Lead", incident.Terminal ?? name),
            Facts =
            [
                (texts["FactNumber"], incident.Id.ToString(texts.Language)),
                (texts["FactGateway"], texts.Format("GatewayAndId", name, gateway.Id)),
                .. detection is null ? SilenceFacts(texts, kind, incident, now) : DetectionFacts(texts, incident, detection),
            ],
            DoneHeading = texts["DoneHeading"],
            Done = texts[$"{kind}Done"],
            StepsHeading = texts[kind == MailKind.Returned ? "StepsHeadingLater" : "StepsHeading"],
            Steps = texts[$"{kind}Steps"].Split('\n'),
            ContactHeading = texts["ContactHeading"],
            Contact = ContactOf(texts, incident),
            Footer = texts["Footer"],
            Tone = kind switch
            {
                MailKind.Returned => MailTone.Good,
                MailKind.Detected => MailTone.Urgent,
                _ => MailTone.Warning,
            },
        };
    }

    private static IEnumerable<(string Label, string Value)> DetectionFacts(Texts texts, Incident incident, DetectionEvent detection)
    {
        yield return (texts["FactTerminal"], detection.Terminal);
        if (detection.TerminalMac is { } mac)
        {
            yield return (texts["FactMac"], mac);
        }

        if (detection.Name is { } family)
        {
            yield return (texts["FactFamily"], UntrustedText.Unlinked(family, MaxNameLength));
        }

        yield return RemoteFact(texts, detection);
        yield return (texts["FactSeen"], JapanTime.Full(incident.FirstSeen, texts.Language));
    }

    /// <summary>Of a look-up only the name is told: the resolver that was asked is no malicious server, and must not look like one.</summary>
    private static (string Label, string Value) RemoteFact(Texts texts, DetectionEvent detection)
    {
        var host = detection.Host is { } name ? UntrustedText.Unlinked(name, MaxHostLength) : null;
        var remote = UntrustedText.Unlinked(detection.Remote, MaxHostLength);
        return detection.IsLookup
            ? (texts["FactLookup"], texts.Format("Lookup", host))
            : (texts["FactRemote"], host is null ? texts.Format("Remote", remote, detection.RemotePort) : texts.Format("RemoteWithHost", host, remote, detection.RemotePort));
    }

    private static IEnumerable<(string Label, string Value)> SilenceFacts(Texts texts, MailKind kind, Incident incident, DateTimeOffset now)
    {
        yield return (texts["FactLastContact"], JapanTime.Full(incident.FirstSeen, texts.Language));
        if (kind == MailKind.Returned)
        {
            yield return (texts["FactReturned"], JapanTime.Full(now, texts.Language));
        }
    }

    private List<string> ContactOf(Texts texts, Incident incident)
    {
        var contact = new List<string> { support.Name ?? texts["ContactName"] };
        if (support.Phone is { } phone)
        {
            contact.Add(texts.Format("ContactPhone", phone));
        }

        if (support.Hours is { } hours)
        {
            contact.Add(texts.Format("ContactHours", hours));
        }

        contact.Add(texts.Format("ContactNumber", incident.Id));
        return contact;
    }
}
