using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using FsCheck.Xunit;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Ingest;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Tests.Ingest;

/// <summary>What gateways say about pattern packs.</summary>
public sealed class UpdateIngestTests : IAsyncLifetime
{
    private static readonly PatternsEvent Report = new()
    {
        Pack = "starter",
        FromVersion = "2026.4.1",
        ToVersion = "2026.4.2",
        Step = PatternsStep.Refused,
        ReasonCode = "back-test",
        Reason = "would newly block 900 names",
        NewlyBlockedNames = 900,
        Terminals = 12,
        BytesTransferred = 4096,
    };

    private readonly TemporaryFolder _folder = new();
    private RunningCenter _center = null!;
    private X509Certificate2 _certificate = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _center = await RunningCenter.StartAsync(_folder.Path);
        _certificate = await _center.RegisterAsync("gw-1");
    }

    public async ValueTask DisposeAsync()
    {
        await _center.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Publish_Report_IsStoredOnceHoweverOftenItIsSent()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);
        var sent = Messages.Bytes(Messages.Update("gw-1", Report));

        Assert.True((await RunningCenter.PublishAsync(client, Messages.UpdateTopic("gw-1"), sent)).IsSuccess);
        Assert.True((await RunningCenter.PublishAsync(client, Messages.UpdateTopic("gw-1"), sent)).IsSuccess);

        await using var db = _center.OpenDb();
        var stored = await db.UpdateReports.SingleAsync(Token);
        Assert.Equal(("gw-1", "starter", "2026.4.2", PatternsStep.Refused), (stored.GatewayId, stored.Pack, stored.Version, stored.Step));
        Assert.Equal(Report, JsonSerializer.Deserialize(stored.Payload, ContractsJson.Default.PatternsEvent));
        Assert.Equal(0, await db.DeadLetters.CountAsync(Token));
    }

    [Fact]
    public async Task Publish_BadReport_IsADeadLetterAndAcknowledged()
    {
        using var client = await _center.ConnectAsync("gw-1", _certificate);

        var result = await RunningCenter.PublishAsync(client, Messages.UpdateTopic("gw-1"), "{\"step\":\"Blessed\"}"u8.ToArray());

        Assert.True(result.IsSuccess);
        await using var db = _center.OpenDb();
        Assert.Equal(DeadLetterReason.Malformed, (await db.DeadLetters.SingleAsync(Token)).Reason);
        Assert.Equal(0, await db.UpdateReports.CountAsync(Token));
    }

    [Theory]
    [MemberData(nameof(ImpossibleReports))]
    public void Read_ImpossibleField_IsADeadLetter(PatternsEvent report) =>
        Assert.Equal(DeadLetterReason.InvalidField, Assert.IsType<DeadArrival>(Read(Messages.Bytes(Messages.Update("gw-1", report)))).Reason);

    [Fact]
    public void Read_ReportOfAnotherGateway_IsADeadLetter() =>
        Assert.Equal(DeadLetterReason.ForeignSource, Assert.IsType<DeadArrival>(Read(Messages.Bytes(Messages.Update("gw-2", Report)))).Reason);

    [Fact]
    public void Read_Reason_IsCleanedNotRefused()
    {
        var report = Report with { Reason = "line\nnext\u202E" + new string('x', 5_000) };

        var taken = Assert.IsType<UpdateArrival>(Read(Messages.Bytes(Messages.Update("gw-1", report)))).Envelope.Data.Reason!;

        Assert.Equal(500, taken.Length);
        Assert.DoesNotContain('\n', taken);
        Assert.DoesNotContain('\u202E', taken);
    }

    [Property(MaxTest = 500)]
    public bool Read_GoodReportWithOneChangedByte_NeverThrows(ushort position, byte value)
    {
        var payload = Messages.Bytes(Messages.Update("gw-1", Report));
        payload[position % payload.Length] = value;

        return Read(payload) is UpdateArrival or DeadArrival;
    }

    public static TheoryData<PatternsEvent> ImpossibleReports() =>
    [
        Report with { Pack = "" },
        Report with { Pack = "../starter" },
        Report with { Pack = new string('a', 65) },
        Report with { ToVersion = "1.2.3.4.5" },
        Report with { ToVersion = "newest" },
        Report with { FromVersion = "1.-2" },
        Report with { NewlyBlockedNames = -1 },
        Report with { Terminals = -1 },
        Report with { BytesTransferred = long.MaxValue },
        Report with { Step = (PatternsStep)99 },
    ];

    private static Arrival Read(byte[] payload) =>
        MessageReader.Read(GatewayId.Parse("gw-1"), Messages.UpdateTopic("gw-1"), new ReadOnlySequence<byte>(payload));
}
