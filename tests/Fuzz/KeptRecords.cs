using System.Text;
using MediaSecurityLite.Inspection.Eve;

namespace MediaSecurityLite.Fuzz;

/// <summary>Keeps records, to be held against those of the same bytes in other segments.</summary>
internal sealed class KeptRecords : IRecordOutput
{
    private readonly StringBuilder _lines = new();

    public void Write(ReadOnlySpan<byte> lines) => _lines.Append(Encoding.UTF8.GetString(lines));

    /// <summary>The records without counts of packets and bytes, which follow from how the stream was cut.</summary>
    public string Essence() => string.Join('\n', _lines.ToString().Split('\n').Select(WithoutCounts));

    private static string WithoutCounts(string line) =>
        line.IndexOf("\"flow\":{\"pkts", StringComparison.Ordinal) is var counts and >= 0 ? line[..counts] : line;
}
