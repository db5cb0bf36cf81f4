using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace MediaSecurityLite.Gateway.Tests.Cloud;

/// <summary>A real MQTT broker on loopback: TLS 1.3, clients need a certificate of the authority, and everything published is kept.</summary>
internal sealed class TestBroker(TestAuthority authority, X509Certificate2 certificate) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Channel<Published> _published = Channel.CreateUnbounded<Published>();
    private readonly ConcurrentQueue<Published> _all = new();
    private MqttServer? _server;

    public int Port { get; private set; }

    public ConcurrentQueue<ValidatingConnectionEventArgs> Connections { get; } = new();

    /// <summary>What the broker answers to the next publish on a topic with this text; success where it is not set.</summary>
    public Func<Published, MqttPubAckReasonCode> Answer { get; set; } = _ => MqttPubAckReasonCode.Success;

    /// <summary>Everything published since the first start, in order.</summary>
    public IReadOnlyList<Published> All => [.. _all];

    public async Task StartAsync()
    {
        var options = new MqttServerOptionsBuilder()
            .WithoutDefaultEndpoint()
            .WithEncryptedEndpoint()
            .WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
            .WithEncryptedEndpointBoundIPV6Address(IPAddress.None)
            .WithEncryptedEndpointPort(Port)
            .WithEncryptionCertificate(certificate)
            .WithEncryptionSslProtocol(SslProtocols.Tls13)
            .WithTlsEndpointReuseAddress()
            .WithClientCertificate((_, client, _, _) => client is X509Certificate2 peer && IsOurs(peer))
            .WithPersistentSessions()
            .Build();
        _server = new MqttServerFactory().CreateMqttServer(options);
        _server.ValidatingConnectionAsync += e =>
        {
            Connections.Enqueue(e);
            return Task.CompletedTask;
        };
        _server.InterceptingPublishAsync += e =>
        {
            var message = new Published(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray(), e.ApplicationMessage.Retain);
            e.Response.ReasonCode = Answer(message);
            if (e.Response.ReasonCode == MqttPubAckReasonCode.Success)
            {
                _all.Enqueue(message);
                _published.Writer.TryWrite(message);
            }

            return Task.CompletedTask;
        };
        await _server.StartAsync();
        Port = options.TlsEndpointOptions.Port;
    }

    public async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.StopAsync(new MqttServerStopOptions());
            server.Dispose();
        }
    }

    /// <summary>Waits for the next message on a topic that ends so.</summary>
    public async Task<Published> NextAsync(string topicEnd)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var message = await _published.Reader.ReadAsync(patience.Token);
            if (message.Topic.EndsWith(topicEnd, StringComparison.Ordinal))
            {
                return message;
            }
        }
    }

    public async Task<MqttApplicationMessage?> RetainedAsync(string topic) =>
        (await _server!.GetRetainedMessagesAsync()).SingleOrDefault(message => message.Topic == topic);

    public ValueTask DisposeAsync() => new(StopAsync());

    private bool IsOurs(X509Certificate2 peer)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(peer);
    }
}

internal sealed record Published(string Topic, byte[] Payload, bool Retain)
{
    public JsonElement Json => JsonDocument.Parse(Payload).RootElement;

    public JsonElement Data => Json.GetProperty("data");
}
