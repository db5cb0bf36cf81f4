using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>
/// Recognises the DNS family by a sound message. All its members have the same format; which one it is only the port tells:
/// multicast DNS (RFC 6762, 2), LLMNR (RFC 4795, 2), NetBIOS names (RFC 1002, 4.2), DNS.
/// </summary>
internal static class DnsProbe
{
    public const ushort Port = 53;
    public const ushort NbnsPort = 137;
    public const ushort MdnsPort = 5353;
    public const ushort LlmnrPort = 5355;

    private const int ReservedBit = 0x0040;

    /// <summary>A message on the port of its protocol: it may be odd, but must be whole.</summary>
    public static bool DatagramOn(ushort port, ReadOnlySpan<byte> data, Flow flow) =>
        flow.HasPort(port) && DnsMessage.TryRead(data, out var message) && message.IsWhole();

    /// <summary>
    /// A message that goes to or comes from a resolver in a flow that was taken for something else or given up: datagrams in
    /// front that look like another protocol, or like none, must not hide what is asked for.
    /// </summary>
    public static bool IsDisguised(ReadOnlySpan<byte> data, Flow flow) =>
        MayTurn(flow) && DnsMessage.TryRead(data, out var message) && IsBeyondDoubt(message);

    /// <summary>A flow of datagrams with a resolver, which may ask it something at any time.</summary>
    public static bool MayTurn(Flow flow) => flow.Protocol == IpProtocol.Udp && flow.HasPort(Port);

    /// <summary>DNS on any port.</summary>
    public static bool Datagram(ReadOnlySpan<byte> data, Flow flow) =>
        DatagramOn(Port, data, flow) || (DnsMessage.TryRead(data, out var message) && IsBeyondDoubt(message));

    /// <summary>A stream on the port of its protocol (RFC 1035, 4.2.2: two bytes of length before each message).</summary>
    public static Probe StreamOn(ushort port, ReadOnlySpan<byte> data, Flow flow)
    {
        if (!flow.HasPort(port))
        {
            return Probe.No;
        }

        if (data.Length < 2 + DnsMessage.HeaderLength)
        {
            return Probe.NeedMore;
        }

        const int MaxQuestions = 16;
        int length = BinaryPrimitives.ReadUInt16BigEndian(data);
        int questions = BinaryPrimitives.ReadUInt16BigEndian(data[6..]);
        return length >= DnsMessage.HeaderLength && questions <= MaxQuestions ? Probe.Yes : Probe.No;
    }

    /// <summary>DNS on any port.</summary>
    public static Probe Stream(ReadOnlySpan<byte> data, Flow flow)
    {
        if (flow.HasPort(Port))
        {
            return StreamOn(Port, data, flow);
        }

        if (data.Length < 2 + DnsMessage.HeaderLength)
        {
            return MayStart(data) ? Probe.NeedMore : Probe.No;
        }

        const int MaxRecords = 64;
        const int OpcodeBits = 0x7800;
        int length = BinaryPrimitives.ReadUInt16BigEndian(data);
        var header = data[2..];
        var isPossible = MayStart(data)
            && (BinaryPrimitives.ReadUInt16BigEndian(header[2..]) & (OpcodeBits | ReservedBit)) == 0
            && BinaryPrimitives.ReadUInt16BigEndian(header[4..]) == 1
            && BinaryPrimitives.ReadUInt16BigEndian(header[6..]) <= MaxRecords
            && BinaryPrimitives.ReadUInt16BigEndian(header[8..]) <= MaxRecords
            && BinaryPrimitives.ReadUInt16BigEndian(header[10..]) <= MaxRecords;
        if (!isPossible)
        {
            return Probe.No;
        }

        if (header.Length < length)
        {
            return Probe.NeedMore;
        }

        return DnsMessage.TryRead(header[..length], out var message) && IsBeyondDoubt(message) ? Probe.Yes : Probe.No;
    }

    /// <summary>The length before the message is one that a probe can wait for.</summary>
    private static bool MayStart(ReadOnlySpan<byte> data)
    {
        const int MaxLength = 0x0FFF - 2;
        var length = data.Length < 2 ? -1 : BinaryPrimitives.ReadUInt16BigEndian(data);
        return length < 0 ? data[0] <= MaxLength >> 8 : length is > DnsMessage.HeaderLength and <= MaxLength;
    }

    /// <summary>On its own port a message may be odd; elsewhere everything must fit.</summary>
    private static bool IsBeyondDoubt(in DnsMessage message) =>
        message.QuestionCount == 1
        && message.Opcode == 0
        && (message.Flags & ReservedBit) == 0
        && message.AnswersOffset > DnsMessage.HeaderLength + 5
        && (message.IsResponse || (message.AnswerCount == 0 && message.AuthorityCount == 0 && message.ResponseCode == 0))
        && message.IsWhole()
        && IsInternetQuestion(message)
        && HasHostNameOnly(message);

    private static bool IsInternetQuestion(in DnsMessage message)
    {
        var type = BinaryPrimitives.ReadUInt16BigEndian(message.Bytes[(message.AnswersOffset - 4)..]);
        var kind = BinaryPrimitives.ReadUInt16BigEndian(message.Bytes[(message.AnswersOffset - 2)..]);
        return kind == 1 && type is > 0 and < 260;
    }

    private static bool HasHostNameOnly(in DnsMessage message)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        var offset = DnsMessage.HeaderLength;
        return message.TryReadQuestion(ref offset, name, out var length, out _)
            && length > 0
            && name[..length].IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) < 0;
    }
}
