using System.Globalization;

namespace MediaSecurityLite.Enforcement.Queue;

/// <summary>What the kernel counts for a queue.</summary>
/// <param name="Waiting">Packets that wait for a verdict now.</param>
/// <param name="QueueDropped">Packets dropped because the queue was full.</param>
/// <param name="UserDropped">Packets dropped because our socket's buffer was full.</param>
public readonly record struct QueueStatistics(long Waiting, long QueueDropped, long UserDropped)
{
    private const string File = "/proc/net/netfilter/nfnetlink_queue";

    /// <summary>Null where no program reads the queue, or where the kernel shows the file to root only and we are not.</summary>
    public static QueueStatistics? Read(ushort queue)
    {
        try
        {
            foreach (var line in System.IO.File.ReadLines(File))
            {
                if (TryParse(line, out var number, out var statistics) && number == queue)
                {
                    return statistics;
                }
            }
        }
        catch (UnauthorizedAccessException)
        {
            // The packets that we missed are counted by their numbers all the same.
        }

        return null;
    }

    /// <summary>A line: queue number, port id, waiting, copy mode, copy range, queue dropped, user dropped, id of the last packet, 1.</summary>
    internal static bool TryParse(string line, out int queue, out QueueStatistics statistics)
    {
        statistics = default;
        queue = 0;
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 7
            || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out queue)
            || !long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var waiting)
            || !long.TryParse(fields[5], NumberStyles.None, CultureInfo.InvariantCulture, out var queueDropped)
            || !long.TryParse(fields[6], NumberStyles.None, CultureInfo.InvariantCulture, out var userDropped))
        {
            return false;
        }

        statistics = new QueueStatistics(waiting, queueDropped, userDropped);
        return true;
    }
}
