using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>
/// The embedded MQTT broker. A gateway is who its certificate says; it may speak and listen in its own subtree only, and
/// is acknowledged only after what it said is committed.
/// </summary>
internal sealed partial class GatewayBroker : IHostedService, IDisposable
{
    // No gateway can be called so: '$' is in no gateway id, and a client's id is its certificate's name.
    private const string OwnClientId = "$center";

    private static readonly TimeSpan CommunicationTimeout = TimeSpan.FromSeconds(15);

    private readonly MqttServer _server;
    private readonly IngestGate _gate;
    private readonly GatewayAdmission _admission;
    private readonly IDbContextFactory<CenterDb> _databases;
    private readonly Refusals _refusals;
    private readonly ILogger _logger;

    public GatewayBroker(
        GatewayListener listener, IngestGate gate, GatewayAdmission admission, IDbContextFactory<CenterDb> databases, Refusals refusals,
        ILogger<GatewayBroker> logger)
    {
        _admission = admission;
        _gate = gate;
        _databases = databases;
        _refusals = refusals;
        _logger = logger;
        var options = new MqttServerOptionsBuilder()
            .WithoutDefaultEndpoint()
            .WithDefaultCommunicationTimeout(CommunicationTimeout)
            .WithKeepAlive()
            .Build();
        _server = new MqttServer(options, [listener], new BrokerLog(logger));
        _server.ValidatingConnectionAsync += ValidateAsync;
        _server.ClientConnectedAsync += e => NoteSessionAsync(e.ClientId, online: true);
        _server.ClientDisconnectedAsync += e => NoteSessionAsync(e.ClientId, online: false);
        _server.InterceptingPublishAsync += TakeAsync;
        _server.InterceptingSubscriptionAsync += CheckSubscriptionAsync;
    }

    public bool IsRunning => _server.IsStarted;

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync();

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(new MqttServerStopOptions());

    public void Dispose() => _server.Dispose();

    /// <summary>Ends the sessions of gateways that are no longer registered.</summary>
    public async Task DropRemovedAsync(CancellationToken cancellationToken)
    {
        var sessions = (await _server.GetClientsAsync()).Select(client => client.Id).ToList();
        if (sessions.Count == 0)
        {
            return;
        }

        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var removed = await db.Gateways
            .Where(gateway => gateway.RemovedAt != null)
            .Select(gateway => gateway.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in sessions.Intersect(removed, StringComparer.Ordinal))
        {
            _refusals.Note(RefusalCause.Removed, id);
            await _server.DisconnectClientAsync(id, new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.NotAuthorized });
        }
    }

    /// <summary>Publishes for every gateway to read, now and whenever one subscribes later.</summary>
    public Task PublishRetainedAsync(string topic, byte[] payload, CancellationToken cancellationToken) =>
        _server.InjectApplicationMessage(
            new InjectedMqttApplicationMessage(new MqttApplicationMessageBuilder()
                .WithTopic(topic)
                .WithPayload(payload)
                .WithContentType("application/json")
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .WithRetainFlag()
                .Build())
            {
                SenderClientId = OwnClientId,
            },
            cancellationToken);

    private async Task ValidateAsync(ValidatingConnectionEventArgs e)
    {
        var name = e.ClientCertificate?.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        var refusal = await RefusalOfAsync(e, name);
        if (refusal is { } cause)
        {
            _refusals.Note(cause, name);
            e.ReasonCode = cause switch
            {
                RefusalCause.ClientId => MqttConnectReasonCode.ClientIdentifierNotValid,
                RefusalCause.Protocol => MqttConnectReasonCode.UnsupportedProtocolVersion,
                _ => MqttConnectReasonCode.NotAuthorized,
            };
        }
    }

    private async Task<RefusalCause?> RefusalOfAsync(ValidatingConnectionEventArgs e, string? name)
    {
        if (e.ClientCertificate is not { } certificate || !GatewayAdmission.TryName(certificate, out var gateway))
        {
            return RefusalCause.ForeignCertificate;
        }

        if (e.ProtocolVersion != MQTTnet.Formatter.MqttProtocolVersion.V500)
        {
            return RefusalCause.Protocol;
        }

        return e.ClientId == name
            ? await _admission.RefusalOfAsync(gateway, certificate, e.CancellationToken)
            : RefusalCause.ClientId;
    }

    private async Task NoteSessionAsync(string clientId, bool online)
    {
        Log.Session(_logger, clientId, online ? "connected" : "disconnected");
        await _gate.AcceptSessionAsync(GatewayId.Parse(clientId), online, CancellationToken.None);
    }

    private async Task TakeAsync(InterceptingPublishEventArgs e)
    {
        if (e.ClientId == OwnClientId)
        {
            return;
        }

        var gateway = GatewayId.Parse(e.ClientId);
        var message = e.ApplicationMessage;
        e.ProcessPublish = false;
        if (!Topics.IsOwnSubtree(gateway, message.Topic))
        {
            _refusals.Note(RefusalCause.PublishOutsideSubtree, e.ClientId);
            e.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            return;
        }

        // The centre is the only reader of events and heartbeats; presence is also kept for whoever asks later.
        switch (await _gate.AcceptAsync(gateway, message.Topic, message.Payload, e.CancellationToken))
        {
            case IngestOutcome.Stored:
                e.ProcessPublish = message.Topic == Topics.Presence(gateway);
                break;
            case IngestOutcome.Refused:
                _refusals.Note(RefusalCause.Removed, e.ClientId);
                e.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
                e.CloseConnection = true;
                break;
            case IngestOutcome.Unavailable:
                // Without an acknowledgement the gateway keeps the event and sends it again.
                e.CloseConnection = true;
                break;
            default:
                break;
        }
    }

    private Task CheckSubscriptionAsync(InterceptingSubscriptionEventArgs e)
    {
        var filter = e.TopicFilter.Topic;
        if (!Topics.IsOwnSubtree(GatewayId.Parse(e.ClientId), filter) && !filter.StartsWith(Topics.Patterns, StringComparison.Ordinal))
        {
            _refusals.Note(RefusalCause.SubscribeOutsideSubtree, e.ClientId);
            e.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            e.ProcessSubscription = false;
        }

        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1302, LogLevel.Information, "Gateway {GatewayId} {Change}")]
        public static partial void Session(ILogger logger, string gatewayId, string change);
    }
}
