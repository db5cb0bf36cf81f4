using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.MySql;

/// <summary>
/// MySQL's and MariaDB's connection phase (MySQL internals, "Protocol::HandshakeV10", "Protocol::SSLRequest"):
/// <code>
/// | length 3, little endian | sequence 1 | protocol 10 | version … 0 | thread 4 | salt 8 | 0 | …
/// | length 3 (32) | sequence 1 (1) | capabilities 4 with CLIENT_SSL | packet size 4 | charset 1 | zeros 23 |   then TLS
/// </code>
/// </summary>
internal sealed class MySqlParser : ProtocolParser
{
    private const int HeaderLength = 4;
    private const byte Version10 = 10;
    private const int MaxVersionLength = 64;
    private const int ThreadAndSaltLength = 13;
    private const int SslRequestLength = 32;
    private const uint SslCapability = 0x0800;

    private bool _isGreeted;
    private bool _isHandingOver;
    private bool _isReported;

    public override AppProtocol Protocol => AppProtocol.MySql;

    public override bool IsHandingOver => _isHandingOver;

    public KeptField ServerVersion { get; } = new(MaxVersionLength);

    /// <summary>The server speaks first, and says its version.</summary>
    public static Probe Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        // Length below 1,024, sequence 0, version 10, and the version's first digit.
        var isPrefix = direction == Direction.ToClient
            && (data.Length < 2 || data[1] <= 3)
            && (data.Length < 3 || data[2] == 0)
            && (data.Length < 4 || data[3] == 0)
            && (data.Length < 5 || data[4] == Version10)
            && (data.Length < 6 || data[5] is >= (byte)'0' and <= (byte)'9');
        if (!isPrefix || data.Length < HeaderLength + 2)
        {
            return isPrefix ? Protocols.Probe.NeedMore : Protocols.Probe.No;
        }

        var version = data[(HeaderLength + 1)..];
        var end = version.IndexOf((byte)0);
        var text = end < 0 ? version : version[..end];
        if (text.Length > MaxVersionLength || text.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) >= 0)
        {
            return Protocols.Probe.No;
        }

        if (end < 0 || version.Length < end + 1 + ThreadAndSaltLength)
        {
            return Protocols.Probe.NeedMore;
        }

        return version[end + ThreadAndSaltLength] == 0 ? Protocols.Probe.Yes : Protocols.Probe.No;
    }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        if (_isGreeted && direction == Direction.ToClient)
        {
            // Only the first packet is the greeting.
            return data.Length;
        }

        if (data.Length < HeaderLength)
        {
            return 0;
        }

        var length = HeaderLength + (data[0] | (data[1] << 8) | (data[2] << 16));
        if (data.Length < Math.Min(length, HeaderLength + SslRequestLength))
        {
            wanted = Math.Min(length, HeaderLength + SslRequestLength);
            return 0;
        }

        if (direction == Direction.ToClient)
        {
            if (data.Length < length)
            {
                wanted = length;
                return 0;
            }

            if (length <= HeaderLength)
            {
                observations.CountMalformed();
                return -1;
            }

            _isGreeted = true;
            var version = data[(HeaderLength + 1)..length];
            ServerVersion.Set(version[..Math.Max(0, version.IndexOf((byte)0))]);
            return length;
        }

        Finish(observations, flow);
        var isSsl = length == HeaderLength + SslRequestLength && (BinaryPrimitives.ReadUInt32LittleEndian(data[HeaderLength..]) & SslCapability) != 0;
        _isHandingOver = isSsl;
        return isSsl ? length : -1;
    }

    public override void Finish(Observations observations, Flow flow)
    {
        if (!_isReported)
        {
            _isReported = true;
            observations.MySql(flow, this);
        }
    }

    public override void Reset()
    {
        _isGreeted = _isHandingOver = _isReported = false;
        ServerVersion.Clear();
    }
}
