using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>
/// A DNS message whose header and question were found sound (RFC 1035, section 4.1). Names and records are read on demand.
/// <code>
/// | ID 2 | QR 1 Opcode 4 AA 1 TC 1 RD 1 RA 1 Z 1 AD 1 CD 1 RCODE 4 | QDCOUNT 2 | ANCOUNT 2 | NSCOUNT 2 | ARCOUNT 2 |
/// </code>
/// </summary>
internal readonly ref struct DnsMessage
{
    public const int HeaderLength = 12;

    /// <summary>More questions than fit into any real message are not looked at.</summary>
    private const int MaxQuestions = 256;

    /// <summary>The shortest record: a name of one byte, type, class, TTL, length.</summary>
    private const int MinRecordLength = 11;

    private DnsMessage(ReadOnlySpan<byte> bytes, int answers)
    {
        Bytes = bytes;
        AnswersOffset = answers;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Where the answer section starts.</summary>
    public int AnswersOffset { get; }

    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(Bytes);

    public ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(Bytes[2..]);

    public bool IsResponse => (Flags & 0x8000) != 0;

    public int Opcode => (Flags >> 11) & 0x0F;

    public int ResponseCode => Flags & 0x0F;

    public int QuestionCount => BinaryPrimitives.ReadUInt16BigEndian(Bytes[4..]);

    public int AnswerCount => BinaryPrimitives.ReadUInt16BigEndian(Bytes[6..]);

    public int AuthorityCount => BinaryPrimitives.ReadUInt16BigEndian(Bytes[8..]);

    public int AdditionalCount => BinaryPrimitives.ReadUInt16BigEndian(Bytes[10..]);

    /// <summary>Reads header and questions.</summary>
    /// <returns>False if they are cut or impossible.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DnsMessage message)
    {
        message = default;
        if (bytes.Length < HeaderLength)
        {
            return false;
        }

        int questions = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (questions > MaxQuestions)
        {
            return false;
        }

        var offset = HeaderLength;
        for (var i = 0; i < questions; i++)
        {
            if (!DnsName.TrySkip(bytes, ref offset) || offset + 4 > bytes.Length)
            {
                return false;
            }

            offset += 4;
        }

        message = new DnsMessage(bytes, offset);
        return true;
    }

    /// <summary>Every record that the header announces is there, its name and data within the message.</summary>
    public bool IsWhole()
    {
        var records = AnswerCount + AuthorityCount + AdditionalCount;
        var offset = AnswersOffset;
        return records * MinRecordLength <= Bytes.Length - offset && TrySkipRecords(ref offset, records);
    }

    /// <summary>Moves behind a number of records.</summary>
    public bool TrySkipRecords(ref int offset, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!DnsName.TrySkip(Bytes, ref offset) || !TryReadHead(ref offset, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the question at <paramref name="offset"/> (the first is at <see cref="HeaderLength"/>) and moves behind it.</summary>
    public bool TryReadQuestion(ref int offset, scoped Span<byte> name, out int nameLength, out ushort type)
    {
        type = 0;
        if (!DnsName.TryRead(Bytes, ref offset, name, out nameLength) || offset + 4 > Bytes.Length)
        {
            return false;
        }

        type = BinaryPrimitives.ReadUInt16BigEndian(Bytes[offset..]);
        offset += 4;
        return true;
    }

    /// <summary>Reads the resource record at <paramref name="offset"/> and moves behind it (RFC 1035, 4.1.3).</summary>
    public bool TryReadRecord(ref int offset, scoped Span<byte> name, out int nameLength, out DnsRecord record)
    {
        record = default;
        return DnsName.TryRead(Bytes, ref offset, name, out nameLength) && TryReadHead(ref offset, out record);
    }

    /// <summary>The EDNS record (RFC 6891, 6.1) of the additional section.</summary>
    public bool TryFindOptions(out DnsRecord options)
    {
        options = default;
        var offset = AnswersOffset;
        if (!TrySkipRecords(ref offset, AnswerCount + AuthorityCount))
        {
            return false;
        }

        for (var i = 0; i < AdditionalCount; i++)
        {
            if (!DnsName.TrySkip(Bytes, ref offset) || !TryReadHead(ref offset, out options))
            {
                return false;
            }

            if (options.Type == DnsType.Opt)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReadHead(ref int offset, out DnsRecord record)
    {
        record = default;
        if (offset + 10 > Bytes.Length)
        {
            return false;
        }

        var head = Bytes[offset..];
        int length = BinaryPrimitives.ReadUInt16BigEndian(head[8..]);
        if (length > head.Length - 10)
        {
            return false;
        }

        record = new DnsRecord(
            BinaryPrimitives.ReadUInt16BigEndian(head),
            BinaryPrimitives.ReadUInt16BigEndian(head[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(head[4..]),
            offset + 10,
            length);
        offset += 10 + length;
        return true;
    }
}

/// <summary>A resource record without its name.</summary>
/// <param name="Type">RR type number (IANA dns-parameters).</param>
/// <param name="Class">Class; what a sender can take in an EDNS record.</param>
/// <param name="TimeToLive">Seconds; flags in an EDNS record.</param>
/// <param name="DataOffset">Where its data lies in the message, for names in it may point back.</param>
/// <param name="DataLength">Bytes of data.</param>
internal readonly record struct DnsRecord(ushort Type, ushort Class, uint TimeToLive, int DataOffset, int DataLength);
