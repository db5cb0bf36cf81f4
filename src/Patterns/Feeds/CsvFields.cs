using System.Text;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Takes a line of CSV apart (RFC 4180, with space allowed around fields; a field does not go over the line's end).</summary>
internal static class CsvFields
{
    /// <summary>No export has more columns; what is behind them is left out.</summary>
    private const int MaxFields = 64;

    /// <summary>Splits a line.</summary>
    /// <returns>Null where a quote is not closed.</returns>
    public static List<string>? Split(ReadOnlySpan<char> line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        while (fields.Count < MaxFields)
        {
            line = line.TrimStart();
            field.Clear();
            if (line.StartsWith("\""))
            {
                line = line[1..];
                if (!TryReadQuoted(ref line, field))
                {
                    return null;
                }
            }

            var comma = line.IndexOf(',');
            field.Append((comma < 0 ? line : line[..comma]).Trim());
            fields.Add(field.ToString());
            if (comma < 0)
            {
                break;
            }

            line = line[(comma + 1)..];
        }

        return fields;
    }

    private static bool TryReadQuoted(ref ReadOnlySpan<char> line, StringBuilder field)
    {
        while (true)
        {
            var quote = line.IndexOf('"');
            if (quote < 0)
            {
                return false;
            }

            field.Append(line[..quote]);
            line = line[(quote + 1)..];
            if (!line.StartsWith("\""))
            {
                return true;
            }

            field.Append('"');
            line = line[1..];
        }
    }
}
