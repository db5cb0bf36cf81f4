using MQTTnet;

namespace MediaSecurityLite.SupportCenter.Tests;

/// <summary>The broker answered a connection with a refusal.</summary>
internal sealed class ConnectionRefusedException(MqttClientConnectResultCode code) : Exception($"refused: {code}")
{
    public MqttClientConnectResultCode Code { get; } = code;
}
