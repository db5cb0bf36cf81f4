using MediaSecurityLite.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Outbox;

/// <summary>
/// The events on disk. What <see cref="Append"/> has returned for survives a power cut; it leaves only through
/// <see cref="Remove"/>, or by the rule for a full outbox: the oldest of the least urgent go first, until the rest fits.
/// </summary>
/// <remarks>Any thread may call; calls wait for one another, and for the disk.</remarks>
internal sealed partial class OutboxStore : IDisposable
{
    /// <summary>What a row costs beside its payload: id, type, both indexes; measured at some 150 bytes.</summary>
    private const int RowOverhead = 160;

    private readonly Lock _lock = new(); // guards everything below
    private readonly GatewayId _gateway;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _path;
    private readonly long _maxBytes;
    private SqliteConnection _connection;
    private long _rows;
    private long _bytes;
    private long _appended;
    private long _evicted;
    private long _removed;

    private OutboxStore(string path, long maxBytes, GatewayId gateway, TimeProvider time, ILogger logger)
    {
        (_path, _maxBytes, _gateway, _time, _logger) = (path, maxBytes, gateway, time, logger);
        try
        {
            _connection = OutboxFile.Open(path);
            CountRows();
        }
        catch (SqliteException e) when (OutboxFile.IsDamage(e))
        {
            _connection?.Dispose();
            _connection = Rebuild();
        }

        Recovered = _rows;
    }

    /// <summary>Events found at open, those saved from a damaged file included.</summary>
    public long Recovered { get; }

    /// <summary>Opens the file, makes it, or saves what can be read from a damaged one into a new one.</summary>
    /// <exception cref="SqliteException">The file system refuses.</exception>
    public static OutboxStore Open(string path, long maxBytes, GatewayId gateway, TimeProvider time, ILogger logger) =>
        new(path, maxBytes, gateway, time, logger);

    public StoreCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return new StoreCounts(_rows, _appended, _evicted, _removed);
            }
        }
    }

    /// <summary>Writes all events in one transaction; when it returns they are on the disk.</summary>
    /// <exception cref="SqliteException">Nothing of the batch was written.</exception>
    public void Append(IReadOnlyList<OutboundEvent> batch) => OnDisk(() =>
    {
        using var transaction = _connection.BeginTransaction();
        var bytes = _bytes;
        foreach (var item in batch)
        {
            bytes += Insert(item);
        }

        var (evictedRows, evictedBytes) = Evict(bytes - _maxBytes);
        transaction.Commit();
        _appended += batch.Count;
        _evicted += evictedRows;
        _rows += batch.Count - evictedRows;
        _bytes = bytes - evictedBytes;
        return batch.Count;
    });

    /// <summary>The events to send next: the most urgent first, and among equals the oldest.</summary>
    public IReadOnlyList<StoredEvent> ReadMostUrgent(int limit) => OnDisk(() =>
    {
        using var command = Command("SELECT id, type, payload FROM event ORDER BY urgency, sequence LIMIT $limit");
        command.Parameters.AddWithValue("$limit", limit);
        using var reader = command.ExecuteReader();
        var events = new List<StoredEvent>(limit);
        while (reader.Read())
        {
            events.Add(new StoredEvent(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        }

        return events;
    });

    /// <summary>Forgets events.</summary>
    /// <returns>How many were still there; the rule for a full outbox may have been faster.</returns>
    public int Remove(IReadOnlyCollection<string> ids) => OnDisk(() =>
    {
        using var transaction = _connection.BeginTransaction();
        var (rows, bytes) = (0, 0L);
        foreach (var id in ids)
        {
            using var command = Command("DELETE FROM event WHERE id = $id RETURNING length(payload)");
            command.Parameters.AddWithValue("$id", id);
            if (command.ExecuteScalar() is long length)
            {
                rows++;
                bytes += length + RowOverhead;
            }
        }

        transaction.Commit();
        _removed += rows;
        _rows -= rows;
        _bytes -= bytes;
        return rows;
    });

    public void Dispose()
    {
        lock (_lock)
        {
            _connection.Dispose();
        }
    }

    /// <summary>Runs one operation; if the file turns out damaged, the next operation finds a new one with what could be saved.</summary>
    private T OnDisk<T>(Func<T> operation)
    {
        lock (_lock)
        {
            try
            {
                return operation();
            }
            catch (SqliteException e) when (OutboxFile.IsDamage(e))
            {
                var before = _rows;
                _connection.Dispose();
                _connection = Rebuild();
                _evicted += before - _rows;
                throw;
            }
        }
    }

    private SqliteConnection Rebuild()
    {
        var aside = OutboxFile.MoveAside(_path);
        var saved = OutboxRescue.Read(aside);
        _connection = OutboxFile.Open(_path);
        using var transaction = _connection.BeginTransaction();
        foreach (var item in saved)
        {
            InsertRow(item.Id, item.Type, item.Urgency, item.Payload);
        }

        transaction.Commit();
        CountRows();
        Log.Damaged(_logger, aside, _rows);
        return _connection;
    }

    private long Insert(OutboundEvent item)
    {
        var id = Guid.CreateVersion7(_time.GetUtcNow());
        var payload = item.Serialize(id, _gateway);
        InsertRow(id.ToString(), item.Type, (byte)item.Urgency, payload);
        return payload.Length + RowOverhead;
    }

    private void InsertRow(string id, string type, byte urgency, byte[] payload)
    {
        using var command = Command("INSERT INTO event(id, type, urgency, payload) VALUES($id, $type, $urgency, $payload)");
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$type", type);
        command.Parameters.AddWithValue("$urgency", urgency);
        command.Parameters.AddWithValue("$payload", payload);
        command.ExecuteNonQuery();
    }

    private (int Rows, long Bytes) Evict(long excess)
    {
        var (rows, bytes) = (0, 0L);
        while (bytes < excess)
        {
            using var command = Command("""
                DELETE FROM event WHERE sequence =
                    (SELECT sequence FROM event ORDER BY urgency DESC, sequence LIMIT 1) RETURNING length(payload)
                """);
            if (command.ExecuteScalar() is not long length)
            {
                break;
            }

            rows++;
            bytes += length + RowOverhead;
        }

        return (rows, bytes);
    }

    private void CountRows()
    {
        using var command = Command($"SELECT COUNT(*), COALESCE(SUM(length(payload) + {RowOverhead}), 0) FROM event");
        using var reader = command.ExecuteReader();
        reader.Read();
        (_rows, _bytes) = (reader.GetInt64(0), reader.GetInt64(1));
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Outbox was damaged: the file is kept as {File}, {Saved} events could be saved; going on with a new file")]
        public static partial void Damaged(ILogger logger, string file, long saved);
    }
}

/// <summary>The books of the store since it was opened: <c>Recovered + Appended = Rows + Evicted + Removed</c>.</summary>
internal readonly record struct StoreCounts(long Rows, long Appended, long Evicted, long Removed);
