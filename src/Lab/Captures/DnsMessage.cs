using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace MediaSecurityLite.Lab.Captures;

/// <summary>The two DNS messages (RFC 1035, section 4) that made traffic needs: a question for an A record and its answer.</summary>
internal static class DnsMessage
{
    private const ushort RecursionDesired = 0x0100;
    private const ushort AnswerFlags = 0x8180;
    private const ushort TypeA = 1;
    private const ushort ClassInternet = 1;
    private const ushort PointerToQuestion = 0xc00c;
    private const int HeaderLength = 12;

    public static byte[] Question(ushort id, string host)
    {
        var name = Encode(host);
        var message = new byte[HeaderLength + name.Length + 4];
        WriteHeader(message, id, RecursionDesired, answers: 0);
        name.CopyTo(message, HeaderLength);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(HeaderLength + name.Length), TypeA);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(HeaderLength + name.Length + 2), ClassInternet);
        return message;
    }

    public static byte[] Answer(ushort id, string host, IPAddress address)
    {
        var question = Question(id, host);
        var message = new byte[question.Length + 16];
        question.CopyTo(message, 0);
        WriteHeader(message, id, AnswerFlags, answers: 1);
        var record = message.AsSpan(question.Length);
        BinaryPrimitives.WriteUInt16BigEndian(record, PointerToQuestion);
        BinaryPrimitives.WriteUInt16BigEndian(record[2..], TypeA);
        BinaryPrimitives.WriteUInt16BigEndian(record[4..], ClassInternet);
        BinaryPrimitives.WriteInt32BigEndian(record[6..], 300);
        BinaryPrimitives.WriteUInt16BigEndian(record[10..], 4);
        address.GetAddressBytes().CopyTo(record[12..]);
        return message;
    }

    private static void WriteHeader(Span<byte> message, ushort id, ushort flags, ushort answers)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], flags);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], answers);
    }

    private static byte[] Encode(string host)
    {
        var name = new List<byte>();
        foreach (var label in host.Split('.'))
        {
            name.Add((byte)label.Length);
            name.AddRange(Encoding.ASCII.GetBytes(label));
        }

        name.Add(0);
        return [.. name];
    }
}
