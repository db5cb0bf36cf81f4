using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Console;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;

namespace MediaSecurityLite.SupportCenter.Tests.Language;

public sealed class TextsTests
{
    public static TheoryData<string> Files => ["Console.ConsoleText", "Notifications.MailText"];

    [Theory]
    [MemberData(nameof(Files))]
    public void BothLanguages_HaveTheSameKeysWithTheSamePlaces(string file)
    {
        var japanese = Read(file, "");
        var english = Read(file, "en");

        Assert.Equal(japanese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(japanese, text => Assert.Equal(Places(text.Value), Places(english[text.Key])));
        Assert.All(japanese.Concat(english), text => Assert.NotEmpty(text.Value.Trim()));
        Assert.All(english, text => Assert.DoesNotMatch(@"[\u3040-\u30FF\u4E00-\u9FFF]", text.Value));
    }

    [Fact]
    public void EveryKeyOfThePage_IsInItsFile()
    {
        var known = Read("Console.ConsoleText", "").Keys.ToHashSet(StringComparer.Ordinal);
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "SupportCenter", "Console"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal));

        var used = sources.SelectMany(file => Regex.Matches(File.ReadAllText(file), "Text(?:\\[|\\.Format\\()\"([^\"]+)\""))
            .Select(match => match.Groups[1].Value)
            .Concat(Members<GatewayState>("State_"))
            .Concat(Members<IncidentKind>("Incident_"))
            .Concat(Members<IncidentClosing>("Closed_"))
            .Concat(Members<DetectionKind>("Kind_"))
            .Concat(Members<DetectionAction>("Action_"))
            .Concat(Members<MailState>("Mail_"))
            .Concat(Members<RolloutState>("Rollout_"))
            .Concat(Members<RolloutStop>("Stop_"))
            .Concat(["Mode_monitor", "Mode_inline", $"Channel_{PatternChannels.Stable}", $"Channel_{PatternChannels.Canary}"])
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(used.Except(known));
        Assert.Empty(known.Except(used));
    }

    private static IEnumerable<string> Members<T>(string prefix)
        where T : struct, Enum => Enum.GetNames<T>().Select(name => prefix + name);

    private static Dictionary<string, string> Read(string file, string language)
    {
        var resources = new ResourceManager($"MediaSecurityLite.SupportCenter.{file}", typeof(MailComposer).Assembly);
        var set = resources.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false);
        Assert.NotNull(set);
        return set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);
}
