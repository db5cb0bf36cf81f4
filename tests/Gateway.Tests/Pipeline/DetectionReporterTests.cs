using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Verdicts;
using Microsoft.Extensions.Time.Testing;
using DetectionKind = MediaSecurityLite.Inspection.Verdicts.DetectionKind;

namespace MediaSecurityLite.Gateway.Tests.Pipeline;

public sealed class DetectionReporterTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly EventOutbox _outbox = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly DetectionReporter _reporter;

    public DetectionReporterTests() => _reporter = new DetectionReporter(_outbox, TestSettings.Of("/nowhere"), _time);

    public void Dispose() => _outbox.Dispose();

    [Fact]
    public void OnDetection_FirstSight_GoesOutAtOnce()
    {
        _reporter.OnDetection(Sight());

        var (urgency, data) = Assert.Single(Posted());
        Assert.Equal(Urgency.Incident, urgency);
        Assert.Equal(1, data.Count);
        Assert.Equal(Start, data.FirstSeen);
        Assert.Equal("10.0.0.1", data.Terminal);
        Assert.Equal("02:00:00:00:00:2a", data.TerminalMac);
        Assert.Equal("203.0.113.9", data.Remote);
        Assert.False(data.IsLookup);
        Assert.Equal("emotet", data.Name);
        Assert.Equal(DetectionAction.Detected, data.Action);
    }

    [Fact]
    public void OnDetection_NameThatWasLookedUp_SaysSo()
    {
        _reporter.OnDetection(Sight() with { Host = "evil.example", IsLookup = true });

        Assert.True(Assert.Single(Posted()).Data.IsLookup);
    }

    [Fact]
    public void OnDetection_RepeatsWithinTheWindow_AreOneSumAtItsEnd()
    {
        _reporter.OnDetection(Sight());
        Posted();
        _time.Advance(TimeSpan.FromMinutes(1));
        var first = _time.GetUtcNow();
        _reporter.OnDetection(Sight());
        _time.Advance(TimeSpan.FromMinutes(3));
        _reporter.OnDetection(Sight());
        _reporter.OnDetection(Sight());
        Assert.Empty(Posted());

        _time.Advance(TimeSpan.FromSeconds(59));
        _reporter.CloseEndedWindows();
        Assert.Empty(Posted());
        _time.Advance(TimeSpan.FromSeconds(1));
        _reporter.CloseEndedWindows();

        var (urgency, data) = Assert.Single(Posted());
        Assert.Equal(Urgency.Statistics, urgency);
        Assert.Equal(3, data.Count);
        Assert.Equal(first, data.FirstSeen);
        Assert.Equal(first + TimeSpan.FromMinutes(3), data.LastSeen);
    }

    [Fact]
    public void OnDetection_AfterTheWindow_IsAFirstSightAgain()
    {
        _reporter.OnDetection(Sight());
        _time.Advance(TimeSpan.FromMinutes(5));
        _reporter.OnDetection(Sight());

        Assert.Equal([Urgency.Incident, Urgency.Incident], Posted().Select(posted => posted.Urgency));
    }

    [Fact]
    public void OnDetection_OtherTerminalRuleOrKind_IsAnotherWindow()
    {
        _reporter.OnDetection(Sight());
        _reporter.OnDetection(Sight(terminal: 2));
        _reporter.OnDetection(Sight(rule: "other.example"));
        _reporter.OnDetection(Sight(kind: DetectionKind.Category));

        Assert.Equal(
            [Urgency.Incident, Urgency.Incident, Urgency.Incident, Urgency.Notice],
            Posted().Select(posted => posted.Urgency));
    }

    [Fact]
    public void OnDetection_TableFull_ClosesTheOldestEarlyAndCountsIt()
    {
        _reporter.OnDetection(Sight(rule: "oldest"));
        _reporter.OnDetection(Sight(rule: "oldest"));
        Posted();
        for (var i = 0; i < DetectionReporter.MaxWindows - 1; i++)
        {
            _reporter.OnDetection(Sight(rule: $"{i}"));
        }

        Assert.DoesNotContain(Posted(), posted => posted.Data.Rule == "oldest");
        _reporter.OnDetection(Sight(rule: "one more"));

        var posted = Posted();
        Assert.Equal(["oldest", "one more"], posted.Select(item => item.Data.Rule));
        Assert.Equal(Urgency.Statistics, posted[0].Urgency);
        Assert.Equal(1, _reporter.ClosedEarly);
    }

    [Property(MaxTest = 200)]
    public Property AnyHistory_EverySightIsToldOnce() => Prop.ForAll(
        Gen.Choose(0, 6).ArrayOf().ToArbitrary(),
        history =>
        {
            using var outbox = new EventOutbox();
            var time = new FakeTimeProvider(Start);
            var reporter = new DetectionReporter(outbox, TestSettings.Of("/nowhere"), time);
            var sights = 0;
            foreach (var step in history)
            {
                if (step >= 4)
                {
                    time.Advance(TimeSpan.FromMinutes(step - 2));
                    reporter.CloseEndedWindows();
                }
                else
                {
                    reporter.OnDetection(Sight(terminal: (uint)step));
                    sights++;
                }
            }

            reporter.CloseAllWindows();
            Assert.Equal(sights, reporter.Detections);
            Assert.Equal(sights, Read(outbox).Sum(item => item.Data.Count));
        });

    private List<(Urgency Urgency, DetectionEvent Data)> Posted() => Read(_outbox);

    private static List<(Urgency Urgency, DetectionEvent Data)> Read(EventOutbox outbox)
    {
        var posted = new List<(Urgency, DetectionEvent)>();
        while (outbox.Queue.TryRead(out var item))
        {
            posted.Add((item.Urgency, ((OutboundEvent<DetectionEvent>)item).Data));
        }

        return posted;
    }

    private Detection Sight(
        uint terminal = 1, string rule = "evil.example", DetectionKind kind = DetectionKind.CommandAndControl) => new()
    {
        Kind = kind,
        Action = VerdictAction.Accept,
        Name = "emotet",
        Rule = rule,
        RuleSource = "maltrail",
        PackVersion = "2026.4.1",
        Timestamp = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100,
        Terminal = IpAddress.FromV4(0x0A000000 + terminal),
        TerminalPort = 40000,
        TerminalMac = 0x02000000002A,
        Remote = IpAddress.FromV4(0xCB007109),
        RemotePort = 443,
        Protocol = 6,
        FlowId = 1,
    };
}
