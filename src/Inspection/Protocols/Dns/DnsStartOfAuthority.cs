using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>The data of an SOA record (RFC 1035, 3.3.13).</summary>
internal readonly ref struct DnsStartOfAuthority
{
    private const int NumbersLength = 20;

    private readonly ReadOnlySpan<byte> _numbers;

    private DnsStartOfAuthority(ReadOnlySpan<byte> primaryServer, ReadOnlySpan<byte> mailbox, ReadOnlySpan<byte> numbers)
    {
        PrimaryServer = primaryServer;
        Mailbox = mailbox;
        _numbers = numbers;
    }

    public ReadOnlySpan<byte> PrimaryServer { get; }

    public ReadOnlySpan<byte> Mailbox { get; }

    public uint Serial => BinaryPrimitives.ReadUInt32BigEndian(_numbers);

    public uint Refresh => BinaryPrimitives.ReadUInt32BigEndian(_numbers[4..]);

    public uint Retry => BinaryPrimitives.ReadUInt32BigEndian(_numbers[8..]);

    public uint Expire => BinaryPrimitives.ReadUInt32BigEndian(_numbers[12..]);

    public uint Minimum => BinaryPrimitives.ReadUInt32BigEndian(_numbers[16..]);

    /// <remarks><paramref name="scratch"/> holds the names, half of it each.</remarks>
    public static bool TryRead(in DnsMessage message, DnsRecord record, Span<byte> scratch, out DnsStartOfAuthority authority)
    {
        authority = default;
        var offset = record.DataOffset;
        var half = scratch.Length / 2;
        if (!DnsName.TryRead(message.Bytes, ref offset, scratch[..half], out var first)
            || !DnsName.TryRead(message.Bytes, ref offset, scratch[half..], out var second)
            || offset + NumbersLength > record.DataOffset + record.DataLength)
        {
            return false;
        }

        authority = new DnsStartOfAuthority(scratch[..first], scratch.Slice(half, second), message.Bytes.Slice(offset, NumbersLength));
        return true;
    }
}
