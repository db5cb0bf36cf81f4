using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Contracts;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>One MQTT 5 connection over TLS 1.3, mutually authenticated, and the few things the session does with it.</summary>
internal sealed class CloudConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private const uint SessionExpirySeconds = 24 * 60 * 60;

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CloudConnection() => _client.DisconnectedAsync += e =>
    {
        _lost.TrySetResult(e.ReasonString ?? e.Exception?.Message ?? e.Reason.ToString());
        return Task.CompletedTask;
    };

    /// <summary>Completes with the reason when the connection is lost.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>How many unacknowledged messages the broker wants to see at most.</summary>
    public int ReceiveMaximum { get; private set; } = ushort.MaxValue;

    /// <summary>The largest packet that the broker takes.</summary>
    public long MaximumPacketSize { get; private set; } = long.MaxValue;

    /// <exception cref="CloudException">The centre is not reached, is not who it should be, or refuses.</exception>
    public static async Task<CloudConnection> OpenAsync(
        CloudOptions options, GatewayId gateway, CloudMessages messages, CloudCredentials credentials, CancellationToken cancellationToken)
    {
        var connection = new CloudConnection();
        try
        {
            var mqtt = MqttOptions(options, gateway, messages, credentials);
            var result = await WithPatienceAsync(token => connection._client.ConnectAsync(mqtt, token), cancellationToken);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                throw new CloudException($"the broker refuses: {result.ResultCode}");
            }

            connection.ReceiveMaximum = result.ReceiveMaximum is > 0 and { } most ? most : ushort.MaxValue;
            connection.MaximumPacketSize = result.MaximumPacketSize is > 0 and { } largest ? largest : long.MaxValue;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a message and waits until the broker has taken responsibility for it.</summary>
    /// <exception cref="CloudException">No answer in time, or the connection is lost.</exception>
    public async Task<MqttClientPublishReasonCode> PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken) =>
        (await WithPatienceAsync(token => _client.PublishAsync(message, token), cancellationToken)).ReasonCode;

    /// <summary>Has everything that comes on a topic handed over, the retained message first.</summary>
    /// <exception cref="CloudException">The broker refuses, or does not answer.</exception>
    public async Task SubscribeAsync(string topic, Action<byte[]> received, CancellationToken cancellationToken)
    {
        _client.ApplicationMessageReceivedAsync += e =>
        {
            if (e.ApplicationMessage.Topic == topic)
            {
                received(e.ApplicationMessage.Payload.ToArray());
            }

            return Task.CompletedTask;
        };
        var answer = await WithPatienceAsync(
            token => _client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtLeastOnce, token), cancellationToken);
        if (answer.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            throw new CloudException($"the broker refuses {topic}: {refused.ResultCode}");
        }
    }

    /// <summary>Leaves in an orderly way: the broker does not publish the last will.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) =>
        _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken);

    public void Dispose() => _client.Dispose();

    private static async Task<T> WithPatienceAsync<T>(Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await action(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CloudException($"no answer within {Patience.TotalSeconds:0} s");
        }
    }

    private static MqttClientOptions MqttOptions(
        CloudOptions options, GatewayId gateway, CloudMessages messages, CloudCredentials credentials) =>
        new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(options.Host, options.Port)
            .WithTlsOptions(tls => tls
                .UseTls()
                .WithSslProtocols(SslProtocols.Tls13)
                .WithTargetHost(options.Host)
                .WithClientCertificates([credentials.Certificate])
                .WithTrustChain(credentials.Authorities)
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithCertificateValidationHandler(server => server.SslPolicyErrors == SslPolicyErrors.None))
            .WithClientId(gateway.ToString())
            .WithCleanStart(false)
            .WithSessionExpiryInterval(SessionExpirySeconds)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            .WithWillTopic(messages.PresenceTopic)
            .WithWillPayload(messages.PresencePayload(online: false))
            .WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
}
