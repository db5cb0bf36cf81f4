using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises sFlow 5 (sFlow.org, "sFlow Version 5", section 5):
/// <c>| version 4 | address kind 4 | agent 4 or 16 | sub-agent 4 | sequence 4 | uptime 4 | samples 4 | format 4 | length 4 | …</c>.
/// </summary>
internal static class SFlowProbe
{
    private const int MaxSamples = 256;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length < 8 || BinaryPrimitives.ReadUInt32BigEndian(data) != 5)
        {
            return false;
        }

        var agent = BinaryPrimitives.ReadUInt32BigEndian(data[4..]) switch { 1 => 4, 2 => 16, _ => 0 };
        var samples = 8 + agent + 12;
        if (agent == 0 || data.Length < samples + 12)
        {
            return false;
        }

        var count = BinaryPrimitives.ReadUInt32BigEndian(data[samples..]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(data[(samples + 8)..]);
        return count is > 0 and <= MaxSamples && length <= data.Length - (samples + 12);
    }
}
