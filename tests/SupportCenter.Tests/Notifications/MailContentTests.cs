using System.Text;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Notifications;

namespace MediaSecurityLite.SupportCenter.Tests.Notifications;

public sealed class MailContentTests
{
    // Set to 1 to write the golden files anew; then look at the difference.
    private const string UpdateVariable = "MSL_UPDATE_GOLDEN";

    public static TheoryData<string, string> Mails => new MatrixTheoryData<string, string>(Enum.GetNames<MailKind>(), ["ja", "en"]);

    [Theory]
    [MemberData(nameof(Mails))]
    public void Compose_EveryKindAndLanguage_MatchesItsGoldenFile(string kind, string language)
    {
        var mail = Compose(Enum.Parse<MailKind>(kind), language, Messages.Detection() with { TerminalMac = "02:00:00:00:00:01" });

        AssertGolden($"{kind}.{language}.txt", $"{mail.Subject}\n\n{mail.Text}");
        AssertGolden($"{kind}.{language}.html", mail.Html);
    }

    public static TheoryData<string, string> Lookups => new MatrixTheoryData<string, string>([nameof(MailKind.Detected), nameof(MailKind.Blocked)], ["ja", "en"]);

    [Theory]
    [MemberData(nameof(Lookups))]
    public void Compose_NameThatWasOnlyLookedUp_DoesNotPassTheResolverOffAsTheServer(string kind, string language)
    {
        var detection = Messages.Detection() with { IsLookup = true, Protocol = "UDP", Remote = "192.0.2.53", RemotePort = 53 };

        var mail = Compose(Enum.Parse<MailKind>(kind), language, detection);

        Assert.DoesNotContain("192[.]0[.]2[.]53", mail.Text + mail.Html, StringComparison.Ordinal);
        AssertGolden($"{kind}Lookup.{language}.txt", $"{mail.Subject}\n\n{mail.Text}");
        AssertGolden($"{kind}Lookup.{language}.html", mail.Html);
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void Compose_HostileTexts_AreHarmless(string language)
    {
        const string hostile = "</td><script>alert(1)</script>\r\nBcc: victim@example.com\u202E\"'&";
        var detection = Messages.Detection(host: hostile, name: hostile);

        var mail = Compose(MailKind.Detected, language, detection, hostile);

        Assert.DoesNotContain("<script", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', mail.Html + mail.Text + mail.Subject);
        Assert.DoesNotContain(mail.Text.Split('\n'), line => line.TrimStart().StartsWith("Bcc:", StringComparison.Ordinal));
        Assert.DoesNotContain(mail.Subject, char.IsControl);
        var headers = Encoding.UTF8.GetString(Written(mail, language)).Split("\r\n\r\n")[0].Replace("\r\n ", " ", StringComparison.Ordinal);
        Assert.DoesNotContain("\nBcc", headers, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Compose_Destination_IsNoLink()
    {
        var mail = Compose(MailKind.Detected, "ja", Messages.Detection(host: "c2.bad.example"));

        Assert.Contains("c2[.]bad[.]example", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("c2.bad.example", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_OfAQueuedMail_HasBothBodiesAndAStableId()
    {
        var mail = Compose(MailKind.Offline, "ja", null);

        var message = MailMessage.Of(mail, "support@mslite.example", "ja");

        Assert.Equal($"{mail.Id:N}@mslite.example", message.MessageId);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal(mail.Subject, message.Subject);
        Assert.Equal(mail.Text.TrimEnd(), message.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal(mail.Html.TrimEnd(), message.HtmlBody!.ReplaceLineEndings("\n").TrimEnd());
    }

    private static QueuedMail Compose(MailKind kind, string language, DetectionEvent? detection, string name = "山田商店 本店")
    {
        var support = new SupportOptions { Phone = "0120-000-000", Hours = language == "ja" ? "平日 9:00〜18:00" : "Mon-Fri 9:00-18:00" };
        var gateway = new FleetMember
        {
            Id = "gw-0001",
            Name = name,
            Mail = "yamada@example.com",
            Language = language,
            CertificateThumbprint = "-",
            RegisteredAt = Messages.Noon,
        };
        var silence = kind is MailKind.Offline or MailKind.Returned;
        var incident = new Incident
        {
            Id = 42,
            GatewayId = gateway.Id,
            Kind = silence ? IncidentKind.Offline : IncidentKind.CommandAndControl,
            Key = "key",
            OpenedAt = Messages.Noon,
            FirstSeen = Messages.Noon,
            LastSeen = Messages.Noon,
            LastReceivedAt = Messages.Noon,
            Terminal = silence ? null : detection?.Terminal,
        };
        return new MailComposer(support).Compose(kind, incident, gateway, silence ? null : detection, Messages.Noon.AddMinutes(20));
    }

    private static byte[] Written(QueuedMail mail, string language)
    {
        using var buffer = new MemoryStream();
        MailMessage.Of(mail, "support@mslite.example", language).WriteTo(buffer, TestContext.Current.CancellationToken);
        return buffer.ToArray();
    }

    private static void AssertGolden(string name, string actual)
    {
        var file = Path.Combine(Repository.Root, "tests", "SupportCenter.Tests", "Notifications", "Golden", name);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }
}
