using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Gateway.Tests.Policy;

public sealed class PolicyReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Document => _folder.File("policy.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_PartOfAPolicy_LeavesTheRestAsDelivered()
    {
        File.WriteAllText(Document, """
            {
              "version": 4, // the customer's wish of Monday
              "categories": { "block": ["gambling"] },
            }
            """);

        var policy = PolicyReader.Read(Document);

        Assert.Equal(4, policy.Version);
        Assert.Equal(["gambling"], policy.Categories.Block);
        Assert.Empty(policy.UrlLists.Block);
        Assert.Equal(Contracts.FunctionMode.On, policy.CommandAndControl.Mode);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("\n\n{ \"version\": }", "line 3")]
    [InlineData("null", "holds null")]
    [InlineData("""{"verzion":1}""", "verzion")]
    [InlineData("""{"version":-1}""", "version: -1 is negative")]
    [InlineData("""{"categories":{"mode":"Sometimes"}}""", "$.categories.mode")]
    [InlineData("""{"categories":{"mode":17}}""", "categories.mode: 17")]
    [InlineData("""{"categories":{"block":["ok","Not an id"]}}""", "categories.block[1]: 'Not an id'")]
    [InlineData("""{"applications":{"block":[null]}}""", "applications.block[0]")]
    [InlineData("""{"urlLists":{"allow":["good.example","..."]}}""", "urlLists.allow[1]: '...' is no rule: no valid host name")]
    [InlineData("""{"urlLists":{"block":[null]}}""", "urlLists.block[0]")]
    public void Read_BadPolicy_SaysWhatAndWhere(string json, string expected)
    {
        File.WriteAllText(Document, json);

        var refusal = Assert.Throws<PolicyException>(() => PolicyReader.Read(Document));

        var fault = Assert.Single(refusal.Faults);
        Assert.StartsWith(Document, fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralFaults_ReportsAll()
    {
        File.WriteAllText(Document, """{"version":-1,"urlLists":{"block":["...","a b.jp"]},"categories":{"block":["A","B"]}}""");

        Assert.Equal(5, Assert.Throws<PolicyException>(() => PolicyReader.Read(Document)).Faults.Count);
    }

    [Theory]
    [InlineData("日本語.jp/ゲーム/*")]
    [InlineData("https://*.Example.co.jp/")]
    [InlineData("[2001:db8::7]/a")]
    public void Read_RuleAsInspectionTakesIt_IsTaken(string rule)
    {
        File.WriteAllText(Document, $$$"""{"urlLists":{"block":["{{{rule}}}"]}}""");

        Assert.Equal([rule], PolicyReader.Read(Document).Compile().Settings.Block);
    }

    [Fact]
    public void Read_TooLarge_IsRefusedWithoutParsing()
    {
        File.WriteAllText(Document, new string(' ', PolicyReader.MaxBytes + 1));

        Assert.Contains("larger", Assert.Throws<PolicyException>(() => PolicyReader.Read(Document)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManyRules_IsRefused()
    {
        var rules = string.Join(',', Enumerable.Range(0, PolicyRules.MaxRules + 1).Select(i => $"\"h{i}.example\""));
        File.WriteAllText(Document, $$$"""{"urlLists":{"block":[{{{rules}}}]}}""");

        Assert.Contains("urlLists.block: has", Assert.Throws<PolicyException>(() => PolicyReader.Read(Document)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_BoxThatOnlyListens_MonitorsWhatIsOn()
    {
        File.WriteAllText(Document, """{"categories":{"mode":"Off"},"applications":{"mode":"Monitor"}}""");
        var policy = PolicyReader.Read(Document);

        var listening = policy.Compile(canBlock: false).Settings;
        var blocking = policy.Compile().Settings;

        Assert.Equal((FunctionMode.Monitor, FunctionMode.Off, FunctionMode.Monitor), (listening.UrlLists, listening.Categories, listening.Applications));
        Assert.Equal((FunctionMode.On, FunctionMode.Off, FunctionMode.Monitor), (blocking.UrlLists, blocking.Categories, blocking.Applications));
    }
}
