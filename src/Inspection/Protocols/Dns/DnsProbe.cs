using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>Recognises DNS by a sound header with a sound question.</summary>
internal static class DnsProbe
{
    private const ushort Port = 53;

    public static bool Datagram(ReadOnlySpan<byte> data, Flow flow)
    {
        // On its own port a message may be odd; elsewhere everything must fit.
        var isOnPort = flow.ServerPort == Port || flow.ClientPort == Port;
        if (!DnsMessage.TryRead(data, out var message))
        {
            return false;
        }

        if (isOnPort)
        {
            return true;
        }

        const int ReservedBit = 0x0040;
        return message.QuestionCount == 1
            && message.Opcode == 0
            && (message.Flags & ReservedBit) == 0
            && message.AnswersOffset > DnsMessage.HeaderLength + 5
            && (message.IsResponse || (message.AnswerCount == 0 && message.AuthorityCount == 0 && message.ResponseCode == 0))
            && IsInternetQuestion(message)
            && HasHostNameOnly(message);
    }

    /// <summary>RFC 1035, 4.2.2: two bytes of length before each message.</summary>
    public static Probe Stream(ReadOnlySpan<byte> data, Flow flow)
    {
        if (flow.ServerPort != Port && flow.ClientPort != Port)
        {
            return Probe.No;
        }

        if (data.Length < 2 + DnsMessage.HeaderLength)
        {
            return Probe.NeedMore;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(data);
        int questions = BinaryPrimitives.ReadUInt16BigEndian(data[6..]);
        return length >= DnsMessage.HeaderLength && questions <= 16 ? Probe.Yes : Probe.No;
    }

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
