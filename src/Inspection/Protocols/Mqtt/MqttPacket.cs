using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Mqtt;

/// <summary>
/// Framing of MQTT (3.1, 3.1.1, 5; OASIS MQTT 5.0, 2.1): <c>| type 4, flags 4 | remaining length, 1 to 4 bytes | … |</c>.
/// </summary>
internal static class MqttPacket
{
    public const byte Connect = 0x10;
    public const byte ConnectAcknowledgment = 0x20;

    /// <summary>Reads the fixed header.</summary>
    /// <returns>Its length; 0 if it is cut, negative if it is impossible.</returns>
    public static int ReadHeader(ReadOnlySpan<byte> data, out int remaining)
    {
        const int MaxLengthBytes = 4;
        remaining = 0;
        for (var i = 0; i < MaxLengthBytes; i++)
        {
            if (1 + i >= data.Length)
            {
                return 0;
            }

            remaining |= (data[1 + i] & 0x7F) << (7 * i);
            if (data[1 + i] < 0x80)
            {
                return 2 + i;
            }
        }

        return -1;
    }

    /// <summary>A string or binary value with two bytes of length before it.</summary>
    public static bool TryReadText(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (data.Length < 2 || data.Length - 2 < BinaryPrimitives.ReadUInt16BigEndian(data))
        {
            return false;
        }

        text = data.Slice(2, BinaryPrimitives.ReadUInt16BigEndian(data));
        data = data[(2 + text.Length)..];
        return true;
    }
}
