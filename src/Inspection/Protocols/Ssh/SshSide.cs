using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Ssh;

/// <summary>What one side of an SSH connection says in clear: its identification and the algorithms it offers.</summary>
internal sealed class SshSide(Direction direction)
{
    /// <summary>RFC 4253, 4.2 allows 255 bytes, and a server lines before it.</summary>
    private const int MaxLine = 255;

    private const int MaxLinesBefore = 64;

    /// <summary>RFC 4253, 6.1 asks for 35,000 bytes.</summary>
    private const int MaxPacket = 35_000;

    /// <summary>Packets before the offer; RFC 4253, 7.1 allows none but ignored and debug messages.</summary>
    private const int MaxPacketsBefore = 8;

    private const int LengthField = 4;
    private const byte KeyExchangeInit = 20;
    private LineReader _lines;
    private int _passed;

    public KeptField ProtocolVersion { get; } = new(16);

    public KeptField SoftwareVersion { get; } = new(MaxLine);

    /// <summary>The algorithms that make up HASSH; empty where no offer was read.</summary>
    public KeptField Algorithms { get; } = new(8192);

    public bool IsIdentified => ProtocolVersion.Length > 0;

    /// <summary>Nothing more is to be read from this side.</summary>
    public bool IsDone { get; private set; }

    /// <returns>False for what is no SSH.</returns>
    public bool Read(ref ReadOnlySpan<byte> data, ref int wanted)
    {
        while (!IsIdentified)
        {
            if (!_lines.TryTake(ref data, MaxLine, out var line))
            {
                return true;
            }

            if (!TakeLine(line))
            {
                return false;
            }
        }

        return ReadPackets(ref data, ref wanted);
    }

    public void Reset()
    {
        ProtocolVersion.Clear();
        SoftwareVersion.Clear();
        Algorithms.Clear();
        _lines = default;
        _passed = 0;
        IsDone = false;
    }

    private bool TakeLine(ReadOnlySpan<byte> line)
    {
        if (!SshIdentification.TryRead(line, out var identification))
        {
            return direction == Direction.ToClient && ++_passed <= MaxLinesBefore;
        }

        ProtocolVersion.Set(identification.ProtocolVersion);
        SoftwareVersion.Set(identification.SoftwareVersion);
        _passed = 0;

        // The packets of version 1 are others; 1.99 speaks both (RFC 4253, 5.1).
        IsDone = ProtocolVersion.Value.StartsWith("1."u8) && !ProtocolVersion.Value.SequenceEqual("1.99"u8);
        return true;
    }

    /// <summary>RFC 4253, section 6: <c>| length 4 | padding length 1 | payload | padding |</c>.</summary>
    private bool ReadPackets(ref ReadOnlySpan<byte> data, ref int wanted)
    {
        while (!IsDone && data.Length >= LengthField + 2)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(data);
            var padding = data[LengthField];
            if (length is < 2 or > MaxPacket || padding > length - 2)
            {
                // Version 1 after "1.99", or encrypted already.
                IsDone = true;
                break;
            }

            if (data.Length < LengthField + length)
            {
                wanted = LengthField + (int)length;
                break;
            }

            TakePacket(data.Slice(LengthField + 1, (int)length - 1 - padding));
            data = data[(LengthField + (int)length)..];
        }

        if (IsDone)
        {
            data = default;
        }

        return true;
    }

    private void TakePacket(ReadOnlySpan<byte> payload)
    {
        if (payload[0] == KeyExchangeInit)
        {
            SshAlgorithms.TryRead(payload, direction, Algorithms);
            IsDone = true;
        }

        IsDone |= ++_passed >= MaxPacketsBefore;
    }
}
