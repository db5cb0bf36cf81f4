using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Recognition;

namespace MediaSecurityLite.Inspection.Protocols.Mqtt;

/// <summary>Recognises MQTT by CONNECT and its protocol name; the server's answer alone says too little and needs the port.</summary>
internal static class MqttProbe
{
    private const ushort Port = 1883;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        var header = MqttPacket.ReadHeader(data, out var remaining);
        if (header <= 0)
        {
            return header == 0 ? Probe.NeedMore : Probe.No;
        }

        if (data[0] == MqttPacket.ConnectAcknowledgment)
        {
            return !flow.HasPort(Port) || remaining < 2 ? Probe.No
                : data.Length < header + 2 ? Probe.NeedMore
                : data[header] <= 1 ? Probe.Yes : Probe.No;
        }

        var body = data[header..];
        var current = Prefix.Match(body, "\0\u0004MQTT"u8);
        return current == Probe.No ? Prefix.Match(body, "\0\u0006MQIsdp"u8) : current;
    }
}
