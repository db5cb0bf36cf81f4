using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises MongoDB (MongoDB manual, "Wire Protocol"): <c>| length 4 | request 4 | response to 4 | operation 4 |</c>, little endian.
/// </summary>
internal static class MongoDbProbe
{
    private const int HeaderLength = 16;
    private const int MaxLength = 48_000_000;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length >= 4 && BinaryPrimitives.ReadInt32LittleEndian(data) is < HeaderLength + 4 or > MaxLength)
        {
            return Probe.No;
        }

        // A client answers nothing: 0, or -1 from old drivers.
        if (direction == Direction.ToServer && data.Length >= 12 && BinaryPrimitives.ReadInt32LittleEndian(data[8..]) is not (0 or -1))
        {
            return Probe.No;
        }

        if (data.Length < HeaderLength)
        {
            return Probe.NeedMore;
        }

        return BinaryPrimitives.ReadInt32LittleEndian(data[12..]) switch
        {
            1 => direction == Direction.ToClient ? Probe.Yes : Probe.No,
            2001 or 2002 or 2004 or 2005 or 2006 or 2007 or 2010 or 2011 or 2012 or 2013 => Probe.Yes,
            _ => Probe.No,
        };
    }
}
