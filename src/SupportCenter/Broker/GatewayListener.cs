using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Server;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>Brings the web server's TLS connections to the broker, so that one server listens, shakes hands and shuts down.</summary>
internal sealed class GatewayListener(Refusals refusals) : ConnectionHandler, IMqttServerAdapter
{
    private const int WriterBuffer = 4096;
    private const int LargestWriterBuffer = 65535;

    private IMqttNetLogger _logger = MqttNetNullLogger.Instance;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (ClientHandler is not { } handler)
        {
            return;
        }

        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await using var abort = closing.Register(static state => ((ConnectionContext)state!).Abort(), connection);
        var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(WriterBuffer, LargestWriterBuffer));
        using var channel = new GatewayChannel(connection, refusals);
        using var adapter = new MqttChannelAdapter(channel, formatter, _logger);
        await handler(adapter);
    }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _logger = logger;
        return Task.CompletedTask;
    }

    public Task StopAsync() => Task.CompletedTask;

    public void Dispose() => ClientHandler = null;
}
