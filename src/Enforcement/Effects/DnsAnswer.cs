using System.Buffers.Binary;
using System.Net;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>The answer to a question about a blocked name: that it does not exist, or an address that the operator chose (RFC 1035, 4.1).</summary>
internal static class DnsAnswer
{
    private const int HeaderLength = 12;
    private const int TypeA = 1;
    private const int TypeAaaa = 28;

    /// <summary>Short, so that a name that is allowed again works soon.</summary>
    private const uint TimeToLiveSeconds = 30;

    /// <param name="query">The datagram's content.</param>
    /// <param name="sinkhole">Where blocked names lead; both null: nowhere.</param>
    /// <param name="answer">Room for the question and one record.</param>
    /// <param name="length">Bytes of the answer.</param>
    /// <returns>False if the query is none, or holds more than one question.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> query, SinkholeAddresses sinkhole, Span<byte> answer, out int length)
    {
        const ushort Response = 0x8000;
        const ushort RecursionAvailable = 0x0080;
        const ushort KeptFlags = 0x7910; // opcode, recursion desired, checking disabled
        const ushort NoSuchName = 3;
        length = 0;
        if (!TryReadQuestion(query, out var end, out var type) || end + 28 > answer.Length)
        {
            return false;
        }

        var flags = (ushort)((BinaryPrimitives.ReadUInt16BigEndian(query[2..]) & KeptFlags) | Response | RecursionAvailable);
        query[..end].CopyTo(answer);
        answer[4..HeaderLength].Clear();
        answer[5] = 1;
        length = end;
        if (sinkhole.IsEmpty)
        {
            flags |= NoSuchName;
        }
        else if (sinkhole.For(type) is { } address)
        {
            answer[7] = 1;
            length += WriteRecord(answer[end..], type, address);
        }

        BinaryPrimitives.WriteUInt16BigEndian(answer[2..], flags);
        return true;
    }

    private static bool TryReadQuestion(ReadOnlySpan<byte> query, out int end, out int type)
    {
        end = HeaderLength;
        type = 0;
        if (query.Length < HeaderLength || (query[2] & 0x80) != 0 || BinaryPrimitives.ReadUInt16BigEndian(query[4..]) != 1)
        {
            return false;
        }

        while (end < query.Length && query[end] is > 0 and < 64)
        {
            end += query[end] + 1;
        }

        if (end + 5 > query.Length || query[end] != 0)
        {
            return false;
        }

        type = BinaryPrimitives.ReadUInt16BigEndian(query[(end + 1)..]);
        end += 5;
        return true;
    }

    private static int WriteRecord(Span<byte> record, int type, IPAddress address)
    {
        const ushort NameOfTheQuestion = 0xC000 | HeaderLength;
        const ushort Internet = 1;
        BinaryPrimitives.WriteUInt16BigEndian(record, NameOfTheQuestion);
        BinaryPrimitives.WriteUInt16BigEndian(record[2..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(record[4..], Internet);
        BinaryPrimitives.WriteUInt32BigEndian(record[6..], TimeToLiveSeconds);
        address.TryWriteBytes(record[12..], out var written);
        BinaryPrimitives.WriteUInt16BigEndian(record[10..], (ushort)written);
        return 12 + written;
    }

    /// <summary>The addresses that blocked names are answered with.</summary>
    /// <param name="V4">For A.</param>
    /// <param name="V6">For AAAA.</param>
    internal readonly record struct SinkholeAddresses(IPAddress? V4, IPAddress? V6)
    {
        public bool IsEmpty => V4 is null && V6 is null;

        public IPAddress? For(int type) => type switch
        {
            TypeA => V4,
            TypeAaaa => V6,
            _ => null,
        };
    }
}
