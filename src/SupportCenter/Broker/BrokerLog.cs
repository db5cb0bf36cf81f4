using MQTTnet.Diagnostics.Logger;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>The MQTT library's own messages, at debug level: most of them are caused by whoever connects.</summary>
internal sealed partial class BrokerLog(ILogger logger) : IMqttNetLogger
{
    private readonly ILogger _logger = logger;

    public bool IsEnabled => _logger.IsEnabled(LogLevel.Debug);

    public void Publish(MqttNetLogLevel logLevel, string source, string message, object[] parameters, Exception exception)
    {
        if (logLevel is MqttNetLogLevel.Error or MqttNetLogLevel.Warning)
        {
            Log.Library(_logger, source, message, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1303, LogLevel.Debug, "{Source}: {Template}")]
        public static partial void Library(ILogger logger, string source, string template, Exception? exception);
    }
}
