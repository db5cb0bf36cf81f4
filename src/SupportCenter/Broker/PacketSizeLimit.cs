using MQTTnet.Exceptions;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>
/// Follows the packets in a byte stream and stops it at a packet that is too large, before anybody makes room for it.
/// <code>
/// | type, flags | remaining length: 1-4 bytes, 7 bits each, high bit = more | remaining length bytes |   (MQTT 5, 2.1)
/// </code>
/// </summary>
internal struct PacketSizeLimit(int largest)
{
    private const int MaxLengthBytes = 4;

    private State _state;
    private int _lengthBytes;
    private long _remaining;

    private enum State
    {
        Type,
        Length,
        Body,
    }

    /// <summary>Follows the next bytes, however they are cut.</summary>
    /// <exception cref="MqttProtocolViolationException">A packet is larger than allowed, or its length is none.</exception>
    public void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_state == State.Body)
            {
                var skipped = (int)Math.Min(_remaining, bytes.Length);
                _remaining -= skipped;
                bytes = bytes[skipped..];
                _state = _remaining == 0 ? State.Type : State.Body;
                continue;
            }

            FollowHeader(bytes[0]);
            bytes = bytes[1..];
        }
    }

    private void FollowHeader(byte next)
    {
        if (_state == State.Type)
        {
            _remaining = 0;
            _lengthBytes = 0;
            _state = State.Length;
            return;
        }

        _remaining |= (long)(next & 0x7F) << (7 * _lengthBytes++);
        if ((next & 0x80) != 0)
        {
            if (_lengthBytes == MaxLengthBytes)
            {
                throw new MqttProtocolViolationException("remaining length has more than four bytes");
            }

            return;
        }

        if (_remaining > largest)
        {
            throw new MqttProtocolViolationException($"packet of {_remaining} bytes, {largest} are allowed");
        }

        _state = _remaining == 0 ? State.Type : State.Body;
    }
}
