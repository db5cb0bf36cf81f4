using System.Text.Json;
using MediaSecurityLite.Contracts;
using Microsoft.Data.Sqlite;

namespace MediaSecurityLite.Gateway.Outbox;

/// <summary>
/// Saves the readable events of a damaged outbox. It reads from the front until the damage, from the back until the
/// damage, then asks for each sequence number between. An event is saved only if it is whole: its JSON carries its id.
/// </summary>
internal static class OutboxRescue
{
    /// <summary>The most sequence numbers asked for one by one; bounds the start at a few seconds.</summary>
    private const long MaxPointReads = 200_000;

    public static IReadOnlyList<RescuedEvent> Read(string damagedPath)
    {
        var saved = new SortedDictionary<long, RescuedEvent>();
        try
        {
            using var connection = OutboxFile.OpenDamaged(damagedPath);
            var front = Scan(connection, "SELECT * FROM event ORDER BY sequence", saved);
            var back = Scan(connection, "SELECT * FROM event ORDER BY sequence DESC", saved);
            if (front is { } first && back is { } last)
            {
                ReadBetween(connection, first, Math.Min(last, first + MaxPointReads), saved);
            }
        }
        catch (SqliteException)
        {
            // Not even the header can be read: nothing to save beyond what is in the list.
        }

        return [.. saved.Values];
    }

    /// <returns>The last sequence number before the damage; null if there was none in the way.</returns>
    private static long? Scan(SqliteConnection connection, string sql, SortedDictionary<long, RescuedEvent> saved)
    {
        long? last = null;
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                last = reader.GetInt64(0);
                Save(reader, saved);
            }

            return null;
        }
        catch (SqliteException)
        {
            return last;
        }
    }

    private static void ReadBetween(SqliteConnection connection, long first, long last, SortedDictionary<long, RescuedEvent> saved)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM event WHERE sequence = $sequence";
        var parameter = command.Parameters.Add("$sequence", SqliteType.Integer);
        for (var sequence = first + 1; sequence < last; sequence++)
        {
            parameter.Value = sequence;
            try
            {
                using var reader = command.ExecuteReader();
                if (reader.Read())
                {
                    Save(reader, saved);
                }
            }
            catch (SqliteException)
            {
                // This one lies on the damaged page; the next may not.
            }
        }
    }

    private static void Save(SqliteDataReader reader, SortedDictionary<long, RescuedEvent> saved)
    {
        try
        {
            var id = reader.GetString(1);
            var payload = reader.GetFieldValue<byte[]>(4);
            using var json = JsonDocument.Parse(payload);
            if (json.RootElement.GetProperty("id").GetString() == id
                && json.RootElement.GetProperty("type").GetString() == EventTypes.Prefix + reader.GetString(2))
            {
                saved[reader.GetInt64(0)] = new RescuedEvent(id, reader.GetString(2), reader.GetByte(3), payload);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidCastException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            // The row was read but is not what was once written; it is lost and counted by its absence.
        }
    }
}

internal sealed record RescuedEvent(string Id, string Type, byte Urgency, byte[] Payload);
