using MediaSecurityLite.SupportCenter.Settings;

namespace MediaSecurityLite.SupportCenter.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "DataDirectory": "relative" }""", "DataDirectory")]
    [InlineData("""{ "Broker": { "Port": 70000 } }""", "Broker:Port")]
    [InlineData("""{ "Broker": { "Port": "many" } }""", "Broker:Port")]
    [InlineData("""{ "Broker": { "Address": "somewhere" } }""", "Broker:Address")]
    [InlineData("""{ "Broker": { "HostNames": ["bad name"] } }""", "Broker:HostNames")]
    [InlineData("""{ "Broker": { "Prot": 8883 } }""", "Broker:Prot")]
    [InlineData("""{ "Console": { "Url": "http://0.0.0.0:8080" } }""", "Console:Url")]
    [InlineData("""{ "Console": { "Url": "https://127.0.0.1:8080" } }""", "Console:Url")]
    [InlineData("""{ "Fleet": { "OfflineAfter": "00:00:00" } }""", "Fleet:OfflineAfter")]
    [InlineData("""{ "Fleet": { "OfflineAfter": "soon" } }""", "Fleet:OfflineAfter")]
    [InlineData("""{ "Incidents": { "QuietAfter": "-1.00:00:00" } }""", "Incidents:QuietAfter")]
    [InlineData("""{ "Mail": { "From": "nobody" } }""", "Mail:From")]
    [InlineData("""{ "Mail": { "From": "a@example.com\r\nBcc: b@example.com" } }""", "Mail:From")]
    [InlineData("""{ "Mail": { "Security": "Some" } }""", "Mail:Security")]
    [InlineData("""{ "Mail": { "UserName": "me" } }""", "Mail:PasswordFile")]
    [InlineData("""{ "Mail": { "UserName": "me", "PasswordFile": "/does/not/exist" } }""", "Mail:PasswordFile")]
    [InlineData("""{ "Support": { "Phone": "" } }""", "Support:Phone")]
    [InlineData("""{ "Nonsense": 1 }""", "Nonsense")]
    public void Load_WrongValueOrKey_NamesTheKey(string json, string key)
    {
        var file = Write(json);

        var fault = Assert.Throws<SettingsException>(() => SettingsFile.Load(file));

        Assert.Contains(key, Assert.Single(fault.Faults), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Faults[0]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    public void Load_NoSettings_NamesTheFile(string json)
    {
        var file = Write(json);

        var fault = Assert.Throws<SettingsException>(() => SettingsFile.Load(file));

        Assert.Contains(file, Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_NamesIt() =>
        Assert.Contains(_folder["none.json"], Assert.Single(Assert.Throws<SettingsException>(() => SettingsFile.Load(_folder["none.json"])).Faults), StringComparison.Ordinal);

    [Fact]
    public void Load_GoodFile_IsTaken()
    {
        var (options, _) = SettingsFile.Load(Write("""
            {
              "DataDirectory": "/srv/center",
              "Broker": { "Port": 443, "HostNames": ["center.example", "192.0.2.1"] },
              "Fleet": { "OfflineAfter": "00:01:00" },
              "Mail": { "SmtpHost": "mail.example", "Security": "Tls" },
              "Logging": { "LogLevel": { "Default": "Debug" } }
            }
            """));

        Assert.Equal(("/srv/center", 443, TimeSpan.FromMinutes(1)), (options.DataDirectory, options.Broker.Port, options.Fleet.OfflineAfter));
        Assert.Equal(["center.example", "192.0.2.1"], options.Broker.HostNames);
    }

    private string Write(string json)
    {
        File.WriteAllText(_folder["settings.json"], json);
        return _folder["settings.json"];
    }
}
