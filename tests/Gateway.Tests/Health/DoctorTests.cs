using MediaSecurityLite.Gateway.Cloud;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Gateway.Tests.Cloud;
using Microsoft.Extensions.Time.Testing;

namespace MediaSecurityLite.Gateway.Tests.Health;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Examine_EverythingThere_FindsNothingMissing()
    {
        using var server = _authority.IssueServer("localhost");
        await using var broker = new TestBroker(_authority, server);
        await broker.StartAsync();
        Issue("test-gateway", TimeSpan.FromDays(90));

        var findings = await ExamineAsync(broker.Port);

        Assert.DoesNotContain(findings, finding => finding.Grade != DoctorGrade.Good);
        Assert.Empty(broker.Connections);
    }

    [Fact]
    public async Task Examine_CentreAway_SaysSo()
    {
        Issue("test-gateway", TimeSpan.FromDays(90));

        Assert.Equal(DoctorGrade.Missing, Grade(await ExamineAsync(port: 1), "centre"));
    }

    [Theory]
    [InlineData("test-gateway", 90, "Good")]
    [InlineData("test-gateway", 20, "Warning")]
    [InlineData("test-gateway", -0.5, "Missing")]
    [InlineData("other-gateway", 90, "Missing")]
    public async Task Examine_Certificate_IsJudged(string name, double days, string expected)
    {
        Issue(name, TimeSpan.FromDays(days));

        Assert.Equal(expected, Grade(await ExamineAsync(port: 1), "certificate").ToString());
    }

    [Fact]
    public async Task Examine_CertificateOfAnotherAuthority_IsMissing()
    {
        Issue("test-gateway", TimeSpan.FromDays(90));
        using var other = new TestAuthority();
        await File.WriteAllTextAsync(_folder.File("ca.pem"), other.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);

        Assert.Equal(DoctorGrade.Missing, Grade(await ExamineAsync(port: 1), "certificate"));
    }

    [Fact]
    public async Task Examine_ClockOf1970_IsMissing()
    {
        Issue("test-gateway", TimeSpan.FromDays(90));
        var findings = await Doctor.ExamineAsync(
            Settings(port: 1), new FakeTimeProvider(DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);

        Assert.Equal(DoctorGrade.Missing, Grade(findings, "clock"));
    }

    [Fact]
    public async Task Examine_InterfaceThatIsNotThere_IsMissing()
    {
        Issue("test-gateway", TimeSpan.FromDays(90));
        var settings = Settings(port: 1) with { Capture = new CaptureOptions { Interface = "nosuch0" } };
        var findings = await Doctor.ExamineAsync(settings, _time, TestContext.Current.CancellationToken);

        Assert.Equal(DoctorGrade.Missing, Grade(findings, "interface"));
    }

    [Fact]
    public async Task Doctor_SomethingMissing_ExitsWith1()
    {
        await File.WriteAllTextAsync(_folder.File("mslgw.json"), "{}", TestContext.Current.CancellationToken);
        await using var doctor = AgentProcess.Start("doctor", "--config", _folder.File("mslgw.json"));

        Assert.Equal(1, await doctor.ExitAsync());
        Assert.Contains("missing  settings: GatewayId is missing", doctor.Output, StringComparison.Ordinal);
    }

    private static DoctorGrade Grade(IReadOnlyList<DoctorFinding> findings, string subject) =>
        findings.Single(finding => finding.Subject == subject).Grade;

    private void Issue(string name, TimeSpan validFor)
    {
        using var certificate = _authority.IssueClient(name, _time.GetUtcNow() + validFor);
        _authority.WriteGatewayFiles(_folder.Path, certificate);
    }

    private Task<IReadOnlyList<DoctorFinding>> ExamineAsync(int port) =>
        Doctor.ExamineAsync(Settings(port), _time, TestContext.Current.CancellationToken);

    private GatewaySettings Settings(int port)
    {
        File.WriteAllText(_folder.File("x.pcap"), "");
        return TestSettings.Of(
            _folder.Path,
            new CloudOptions
            {
                Host = "localhost",
                Port = port,
                CaFile = _folder.File("ca.pem"),
                CertificateFile = _folder.File("gateway.pem"),
                KeyFile = _folder.File("gateway.key"),
            },
            new CaptureOptions { File = _folder.File("x.pcap") });
    }
}
