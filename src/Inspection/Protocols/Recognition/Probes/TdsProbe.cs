using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises TDS, SQL Server's protocol (MS-TDS, 2.2.3.1): <c>| type 1 | status 1 | length 2 | process 2 | packet 1 | window 1 (0) |</c>.
/// PRELOGIN (2.2.6.5) starts with the option "version" and is known anywhere; other packets only on the port.
/// </summary>
internal static class TdsProbe
{
    private const ushort Port = 1433;
    private const int HeaderLength = 8;
    private const int MaxLength = 32767;
    private const byte Response = 4;
    private const byte PreLogin = 18;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        var isKnown = data[0] is >= 1 and <= 4 or 6 or 7 or 8 or 14 or >= 16 and <= 18 && (data.Length < 2 || data[1] < 0x20);
        var isOnPort = flow.HasPort(Port);
        if (!isKnown || !(isOnPort || data[0] is PreLogin or Response))
        {
            return Probe.No;
        }

        if (data.Length < HeaderLength)
        {
            return Probe.NeedMore;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(data[2..]) is < HeaderLength or > MaxLength || data[7] != 0)
        {
            return Probe.No;
        }

        return isOnPort ? Probe.Yes : VersionOption(data[HeaderLength..]);
    }

    /// <summary>Token 0, an offset, six bytes of version.</summary>
    private static Probe VersionOption(ReadOnlySpan<byte> options)
    {
        if (options.Length < 5)
        {
            return options.IsEmpty || options[0] == 0 ? Probe.NeedMore : Probe.No;
        }

        return options is [0, 0, > 5, 0, 6, ..] ? Probe.Yes : Probe.No;
    }
}
