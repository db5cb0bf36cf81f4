using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.PostgreSql;

/// <summary>
/// PostgreSQL's start (PostgreSQL documentation, "Message Formats"): <c>| length 4 | code 4 | name 0 value 0 … 0 |</c>.
/// SSLRequest, when answered with 'S', hands over to TLS.
/// </summary>
internal sealed class PostgreSqlParser : ProtocolParser
{
    private const int HeaderLength = 8;
    private const uint Version3 = 0x0003_0000;
    private const uint Cancel = 80877102;
    private const uint Ssl = 80877103;
    private const uint GssEncryption = 80877104;

    /// <summary>PostgreSQL's own limit (MAX_STARTUP_PACKET_LENGTH).</summary>
    private const int MaxStartLength = 10000;

    private bool _isEncryptionAsked;
    private bool _isHandingOver;
    private bool _isReported;

    public override AppProtocol Protocol => AppProtocol.PostgreSql;

    public override bool IsHandingOver => _isHandingOver;

    public KeptField User { get; } = new(128);

    public KeptField Database { get; } = new(128);

    public KeptField Application { get; } = new(128);

    public static Probe Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (direction == Direction.ToClient || data[0] != 0)
        {
            return Protocols.Probe.No;
        }

        if (data.Length < HeaderLength)
        {
            return data.Length >= 4 && !IsLength(data) ? Protocols.Probe.No : Protocols.Probe.NeedMore;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(data);
        return BinaryPrimitives.ReadUInt32BigEndian(data[4..]) switch
        {
            Ssl or GssEncryption when length == 8 => Protocols.Probe.Yes,
            Cancel when length == 16 => Protocols.Probe.Yes,
            >= Version3 and <= Version3 + 2 when IsLength(data) && data.Length > HeaderLength => data[HeaderLength] is 0 or (>= (byte)'a' and <= (byte)'z') or (byte)'_' ? Protocols.Probe.Yes : Protocols.Probe.No,
            >= Version3 and <= Version3 + 2 when IsLength(data) => Protocols.Probe.NeedMore,
            _ => Protocols.Probe.No,
        };
    }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        if (direction == Direction.ToClient)
        {
            // One byte answers a request for encryption: 'S' or 'G' yes, 'N' no; anything else belongs to the session.
            _isHandingOver = _isEncryptionAsked && data[0] == 'S';
            var isRefused = _isEncryptionAsked && data[0] == 'N';
            _isEncryptionAsked = false;
            return _isHandingOver || isRefused ? 1 : -1;
        }

        if (_isEncryptionAsked)
        {
            return 0;
        }

        if (data.Length < HeaderLength)
        {
            return 0;
        }

        if (!IsLength(data))
        {
            observations.CountMalformed();
            return -1;
        }

        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(data);
        if (data.Length < length)
        {
            wanted = length;
            return 0;
        }

        var code = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (code is Ssl or GssEncryption)
        {
            _isEncryptionAsked = true;
            return length;
        }

        ReadParameters(data[HeaderLength..length]);
        Finish(observations, flow);
        return -1;
    }

    public override void Finish(Observations observations, Flow flow)
    {
        if (!_isReported && User.Length > 0)
        {
            _isReported = true;
            observations.PostgreSql(flow, this);
        }
    }

    public override void Reset()
    {
        _isEncryptionAsked = _isHandingOver = _isReported = false;
        User.Clear();
        Database.Clear();
        Application.Clear();
    }

    private static bool IsLength(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32BigEndian(data) is >= HeaderLength and <= MaxStartLength;

    private void ReadParameters(ReadOnlySpan<byte> rest)
    {
        while (TakeText(ref rest, out var name) && !name.IsEmpty && TakeText(ref rest, out var value))
        {
            var field = name switch
            {
                _ when name.SequenceEqual("user"u8) => User,
                _ when name.SequenceEqual("database"u8) => Database,
                _ when name.SequenceEqual("application_name"u8) => Application,
                _ => null,
            };
            field?.Set(value);
        }
    }

    private static bool TakeText(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> text)
    {
        var end = data.IndexOf((byte)0);
        text = end < 0 ? default : data[..end];
        data = end < 0 ? default : data[(end + 1)..];
        return end >= 0;
    }
}
