using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Channels;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Packs.Library;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using MQTTnet;

namespace MediaSecurityLite.SupportCenter.Tests.Packs;

/// <summary>What gateways are told, over the real broker.</summary>
public sealed class AnnouncementTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningCenter _center = null!;
    private X509Certificate2 _certificate = null!;
    private string _manifest = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _center = await StartAsync();
        _certificate = await _center.RegisterAsync("gw-1");
        var repository = new TestRepository(_folder["repository"]);
        repository.AddRoot(1);
        _manifest = repository.AddPack("1", "section"u8.ToArray());
        await using var db = _center.OpenDb();
        await new PackImport(new PackLibrary(_folder["data"]), db, TimeProvider.System).RunAsync(_folder["repository"], Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _center.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Release_IsToldToGatewaysThatListenAndToThoseThatComeLater()
    {
        await using var listening = await ListenAsync();
        Assert.Empty((await listening.NextAsync(PatternChannels.Stable)).Packs);

        var id = await ReleaseAsync("1");
        var told = await listening.NextAsync(PatternChannels.Stable);
        using var other = await _center.RegisterAsync("gw-2");
        await using var later = await ListenAsync("gw-2", other);

        Assert.Equal([new AnnouncedPack("starter", "1", _manifest, 100)], told.Packs);
        Assert.Equal((1, $"https://center.example:{_center.Packs.Port}/patterns"), (told.RootVersion, told.Base));
        Assert.Equal(told.Packs, (await later.NextAsync(PatternChannels.Stable)).Packs);
        Assert.Empty((await later.NextAsync(PatternChannels.Canary)).Packs);
        await StopAsync(id);
        Assert.Empty((await listening.NextAsync(PatternChannels.Stable)).Packs);
    }

    [Fact]
    public async Task Restart_TellsAgain()
    {
        await ReleaseAsync("1");
        await _center.DisposeAsync();
        _center = await StartAsync();

        await using var gateway = await ListenAsync();

        Assert.Equal("1", Assert.Single((await gateway.NextAsync(PatternChannels.Stable)).Packs).Version);
    }

    [Fact]
    public async Task Announced_CanBeFetchedFromTheSameCentre()
    {
        await ReleaseAsync("1");
        await using var gateway = await ListenAsync();
        AnnouncedPack? pack;
        while ((pack = (await gateway.NextAsync(PatternChannels.Stable)).Packs.SingleOrDefault()) is null)
        {
            // Said before the release.
        }

        using var fetcher = _center.Fetcher(_certificate);
        var front = await fetcher.GetByteArrayAsync(new Uri($"manifests/{pack.ManifestSha256}", UriKind.Relative), Token);

        Assert.Equal(pack.ManifestSha256, TestRepository.Digest(front));
    }

    private Task<RunningCenter> StartAsync() =>
        RunningCenter.StartAsync(_folder.Path, options => options.Broker.HostNames = ["center.example", "localhost", "127.0.0.1"]);

    private async Task<long> ReleaseAsync(string version)
    {
        await using var db = _center.OpenDb();
        var (rollout, _) = await new RolloutDesk(db, TimeProvider.System).ReleaseAsync("starter", version, PatternChannels.Stable, Token);
        return rollout!.Id;
    }

    private async Task StopAsync(long id)
    {
        await using var db = _center.OpenDb();
        Assert.True((await new RolloutDesk(db, TimeProvider.System).TakeAsync(id, RolloutStep.Stop, Token))!.Value.Taken);
    }

    private Task<Listener> ListenAsync() => ListenAsync("gw-1", _certificate);

    private async Task<Listener> ListenAsync(string gateway, X509Certificate2 certificate)
    {
        var client = await _center.ConnectAsync(gateway, certificate);
        var listener = new Listener(client);
        await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(Topics.Patterns + "+").Build(), Token);
        return listener;
    }

    /// <summary>A gateway that listens to both channels.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly IMqttClient _client;
        private readonly Channel<MqttApplicationMessage> _heard = Channel.CreateUnbounded<MqttApplicationMessage>();
        private readonly List<MqttApplicationMessage> _passedOver = [];

        public Listener(IMqttClient client)
        {
            _client = client;
            client.ApplicationMessageReceivedAsync += async e => await _heard.Writer.WriteAsync(e.ApplicationMessage);
        }

        public async Task<PackAnnouncement> NextAsync(string channel)
        {
            var topic = Topics.PatternChannel(channel);
            var message = _passedOver.Find(heard => heard.Topic == topic);
            _passedOver.Remove(message!);
            while (message is null)
            {
                var heard = await _heard.Reader.ReadAsync(Token);
                if (heard.Topic == topic)
                {
                    message = heard;
                }
                else
                {
                    _passedOver.Add(heard);
                }
            }

            var reader = new Utf8JsonReader(message.Payload);
            return JsonSerializer.Deserialize(ref reader, ContractsJson.Default.PackAnnouncement)!;
        }

        public ValueTask DisposeAsync()
        {
            _client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
