using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises flow export: NetFlow 1, 5 and 7, whose records of fixed length fill the datagram; NetFlow 9 (RFC 3954, section 5) and
/// IPFIX (RFC 7011, section 3), whose sets do: <c>| version 2 | count 2, or length 2 | header … | set id 2 | set length 2 | …</c>.
/// </summary>
internal static class NetFlowProbe
{
    private const int NetFlow9Header = 20;
    private const int IpfixHeader = 16;
    private const int MaxRecords = 30;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length < IpfixHeader)
        {
            return false;
        }

        int count = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        return BinaryPrimitives.ReadUInt16BigEndian(data) switch
        {
            1 => IsFilled(data, 16, 52, count),
            5 => IsFilled(data, 24, 48, count),
            7 => IsFilled(data, 24, 52, count),
            9 => data.Length > NetFlow9Header && count > 0 && AreSets(data[NetFlow9Header..], lowestTemplate: 0),
            10 => count == data.Length && AreSets(data[IpfixHeader..], lowestTemplate: 2),
            _ => false,
        };
    }

    private static bool IsFilled(ReadOnlySpan<byte> data, int header, int record, int count) =>
        count is > 0 and <= MaxRecords && data.Length == header + (count * record);

    /// <summary>Templates, option templates, or data described by a template, which is numbered from 256 on.</summary>
    private static bool AreSets(ReadOnlySpan<byte> data, int lowestTemplate)
    {
        const int SetHeader = 4;
        const int LowestData = 256;
        while (data.Length >= SetHeader)
        {
            int id = BinaryPrimitives.ReadUInt16BigEndian(data);
            int length = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
            var isKnown = id >= LowestData || id == lowestTemplate || id == lowestTemplate + 1;
            if (!isKnown || length < SetHeader || length > data.Length)
            {
                return false;
            }

            data = data[length..];
        }

        return data.IsEmpty;
    }
}
