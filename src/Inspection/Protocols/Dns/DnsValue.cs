using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>The data of a resource record as one text: an address, a name, a string, or what zone files have.</summary>
internal static class DnsValue
{
    /// <summary>Room for the text of any record.</summary>
    public const int MaxLength = DnsText.MaxLength;

    /// <summary>RFC 1002, 4.2.1.3: on its port the number of SRV's forerunner means a NetBIOS name.</summary>
    private const ushort NetBiosRecord = 0x0020;

    /// <summary>Reads one part of a record's data.</summary>
    /// <param name="message">The message that holds the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="part">Where to go on, 0 at first; 0 again after the last part. Only TXT records have more than one.</param>
    /// <param name="scratch">Where the text may be put together.</param>
    /// <param name="text">The text.</param>
    /// <returns>False if there is none.</returns>
    public static bool TryRead(in DnsMessage message, DnsRecord record, ref int part, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        var data = message.Bytes.Slice(record.DataOffset, record.DataLength);
        text = default;
        switch (record.Type)
        {
            case DnsType.A when data.Length == 4:
                text = scratch[..IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(data)).Format(scratch)];
                return true;
            case DnsType.Aaaa when data.Length == 16:
                text = scratch[..IpAddress.FromV6(data).Format(scratch)];
                return true;
            case NetBiosRecord when data.Length >= 6:
                text = scratch[..IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(data[2..])).Format(scratch)];
                return true;
            case DnsType.Cname or DnsType.Ns or DnsType.Ptr or DnsType.Dname:
                return TryName(message, record.DataOffset, scratch, out text);
            case DnsType.Mx when data.Length > 2:
                return TryName(message, record.DataOffset + 2, scratch, out text);
            case DnsType.Txt:
                return TryString(data, ref part, out text);
            case DnsType.Null:
                text = data;
                return !data.IsEmpty;
            default:
                text = scratch[..DnsText.Format(message, record, scratch)];
                return !text.IsEmpty;
        }
    }

    private static bool TryName(in DnsMessage message, int offset, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        var isSound = DnsName.TryRead(message.Bytes, ref offset, scratch, out var length);
        text = scratch[..length];
        return isSound;
    }

    /// <summary>RFC 1035, 3.3.14: strings with a byte of length each.</summary>
    private static bool TryString(ReadOnlySpan<byte> data, ref int part, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (part >= data.Length || data[part] >= data.Length - part)
        {
            part = 0;
            return false;
        }

        text = data.Slice(part + 1, data[part]);
        part += 1 + text.Length;
        part = part < data.Length ? part : 0;
        return true;
    }
}
