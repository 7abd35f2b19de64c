using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FuturesBot.Adapters.Sqlite;

/// <summary>
/// Candles, signals and effects in one SQLite file (WAL): one writer, readers beside it that never wait.
/// Safe for use by several threads.
/// </summary>
public sealed class SqliteStore : IRunStore
{
    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly SqliteWrites _writes;
    private readonly FileStream? _lock;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private SqliteStore(string connectionString, SqliteConnection writer, FileStream? exclusive)
    {
        _lock = exclusive;
        _connectionString = connectionString;
        _writer = writer;
        _writes = new(writer);
        Outbox = new SqliteOutbox(this);
    }

    /// <inheritdoc/>
    public IOutbox Outbox { get; }

    /// <summary>Opens the store, and makes it or brings it to the present schema when needed.</summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <param name="options">Defaults when null.</param>
    /// <exception cref="StoreUnavailableException">No SQLite here, a newer schema, or no store in the
    /// file.</exception>
    public static SqliteStore Open(string path, SqliteStoreOptions? options = null)
    {
        options ??= new();
        _ = SystemSqlite.Version;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var exclusive = options.IsExclusive ? Lock(path) : null;
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = (int)Math.Ceiling(options.LockWait.TotalSeconds),
        }.ToString();
        var writer = new SqliteConnection(connectionString);
        try
        {
            writer.Open();
            Run(writer, "PRAGMA journal_mode = WAL");
            Run(writer, $"PRAGMA synchronous = {(options.SurvivesPowerFailure ? "FULL" : "NORMAL")}");
            Migration.Apply(writer, Migration.All);
            return new(connectionString, writer, exclusive);
        }
        catch (SqliteException e)
        {
            writer.Dispose();
            exclusive?.Dispose();
            throw new StoreUnavailableException($"The store '{path}' cannot be opened: {e.Message}", e);
        }
        catch
        {
            writer.Dispose();
            exclusive?.Dispose();
            throw;
        }
    }

    /// <summary>Looks at a store's file without changing it; a run may be using it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened, or is no store.</exception>
    public static StoreExamination Examine(string path)
    {
        const int DamagesMax = 10;
        _ = SystemSqlite.Version;
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,   // read-only cannot open a WAL file that nobody has open
            Pooling = false,
        }.ToString();
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            Run(connection, "PRAGMA query_only = 1");
            using var check = connection.CreateCommand();
            check.CommandText = $"PRAGMA integrity_check({DamagesMax})";
            var found = new List<string>();
            using (var rows = check.ExecuteReader())
            {
                while (rows.Read()) found.Add(rows.GetString(0));
            }

            return new(
                Migration.VersionOf(connection), Migration.All[^1].Version, found is ["ok"] ? [] : found, new FileInfo(path).Length);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            return new(Migration.All[^1].Version, Migration.All[^1].Version, [e.Message], new FileInfo(path).Length);
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException($"The store '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public Task<AppendCounts> AppendAsync(
        SeriesInfo series, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default) =>
        CommitAsync(new() { Candles = [new(series, candles)] }, cancel);

    /// <inheritdoc/>
    public Task<RepairCounts> ReplaceAsync(
        SeriesInfo series, long fromMs, long toMs, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default)
    {
        var times = new HashSet<long>(candles.Length);
        foreach (ref readonly var candle in candles.Span)
        {
            if (candle.OpenTimeMs < fromMs || candle.OpenTimeMs >= toMs)
                throw new ArgumentException($"Open time was {candle.OpenTimeMs}; the range is {fromMs} to {toMs}", nameof(candles));
            if (!times.Add(candle.OpenTimeMs))
                throw new ArgumentException($"Two candles open at {candle.OpenTimeMs}", nameof(candles));
        }

        return WriteAsync(writes => writes.Replace(new(series, candles), times, fromMs, toMs), cancel);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The change holds lines of the ledger: beside this store it is a file.</exception>
    public Task<AppendCounts> CommitAsync(StateChange change, CancellationToken cancel = default)
    {
        if (change.Ledger.Count + change.LedgerRoots.Count > 0)
            throw new ArgumentException($"The change had {change.Ledger.Count} pieces of the ledger; beside this store the ledger is a file", nameof(change));
        return WriteAsync(
            writes =>
            {
                var counts = default(AppendCounts);
                foreach (var batch in change.Candles) counts += writes.Append(batch);
                foreach (var signal in change.Signals) writes.Put(signal);
                foreach (var effect in change.Effects) writes.Put(effect);
                foreach (var snapshot in change.Snapshots) writes.Put(snapshot);
                foreach (var decision in change.Decisions) writes.Put(decision);
                foreach (var (name, value) in change.Values) writes.Put(name, value);
                return counts;
            },
            cancel);
    }

    /// <inheritdoc/>
    public Task<bool> MarkDoneAsync(string effectId, long doneAtMs, CancellationToken cancel = default) =>
        WriteAsync(writes => writes.MarkDone(effectId, doneAtMs), cancel);

    /// <inheritdoc/>
    public Task<long> ForgetAsync(Retention retention, long nowMs, CancellationToken cancel = default) =>
        WriteAsync(writes => writes.Forget(retention, nowMs), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Candle>> ReadAsync(
        SeriesInfo series, long fromMs, long toMs, int newest = int.MaxValue,
        CancellationToken cancel = default) =>
        ReadAsync(
            """
            SELECT * FROM (
                SELECT open_ms, open, high, low, close, volume, quote_volume, taker_buy_volume, trades
                FROM candles
                WHERE symbol = $symbol AND frame = $frame AND open_ms >= $from AND open_ms < $to
                ORDER BY open_ms DESC LIMIT $newest)
            ORDER BY open_ms
            """,
            SqliteRows.Candle,
            cancel,
            ("$symbol", series.Symbol.Name), ("$frame", series.Frame.Minutes()),
            ("$from", fromMs), ("$to", toMs), ("$newest", newest));

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> OpenTimesAsync(
        SeriesInfo series, long fromMs, long toMs, CancellationToken cancel = default) =>
        ReadAsync(
            """
            SELECT open_ms FROM candles
            WHERE symbol = $symbol AND frame = $frame AND open_ms >= $from AND open_ms < $to
            ORDER BY open_ms
            """,
            row => row.GetInt64(0),
            cancel,
            ("$symbol", series.Symbol.Name), ("$frame", series.Frame.Minutes()), ("$from", fromMs), ("$to", toMs));

    /// <inheritdoc/>
    public async Task<Candle?> LastAsync(SeriesInfo series, CancellationToken cancel = default)
    {
        var last = await ReadAsync(series, long.MinValue, long.MaxValue, newest: 1, cancel);
        return last.Count > 0 ? last[0] : null;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesInfo>> SeriesAsync(CancellationToken cancel = default) =>
        ReadAsync(
            // Hops from series to series along the key, instead of walking over every candle.
            """
            WITH RECURSIVE series(symbol, frame) AS (
                SELECT symbol, frame FROM (SELECT symbol, frame FROM candles ORDER BY symbol, frame LIMIT 1)
                UNION ALL
                SELECT (SELECT c.symbol FROM candles c WHERE (c.symbol, c.frame) > (s.symbol, s.frame)
                        ORDER BY c.symbol, c.frame LIMIT 1),
                       (SELECT c.frame FROM candles c WHERE (c.symbol, c.frame) > (s.symbol, s.frame)
                        ORDER BY c.symbol, c.frame LIMIT 1)
                FROM series s WHERE s.symbol IS NOT NULL)
            SELECT symbol, frame FROM series WHERE symbol IS NOT NULL ORDER BY symbol, frame
            """,
            row => new SeriesInfo(Symbol.Parse(row.GetString(0)), (TimeFrame)row.GetInt32(1)),
            cancel);

    /// <inheritdoc/>
    public async Task<StoredSignal?> FindAsync(string signalId, CancellationToken cancel = default) =>
        (await ReadAsync(
            $"{SqliteRows.SelectSignal} WHERE id = $id", SqliteRows.Signal, cancel, ("$id", signalId)))
        .SingleOrDefault();

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSignal>> LoadOpenAsync(CancellationToken cancel = default) =>
        ReadAsync(
            $"{SqliteRows.SelectSignal} WHERE closed_ms IS NULL ORDER BY decided_ms, id",
            SqliteRows.Signal,
            cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSignal>> LoadClosedAsync(
        int limit, int skip = 0, CancellationToken cancel = default) =>
        ReadAsync(
            $"{SqliteRows.SelectSignal} WHERE closed_ms IS NOT NULL "
            + "ORDER BY closed_ms DESC, id DESC LIMIT $limit OFFSET $skip",
            SqliteRows.Signal,
            cancel,
            ("$limit", limit), ("$skip", skip));

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEffect>> LoadPendingEffectsAsync(CancellationToken cancel = default) =>
        ReadAsync(
            $"{SqliteRows.SelectEffect} WHERE done_ms IS NULL ORDER BY seq", SqliteRows.Effect, cancel);

    /// <inheritdoc/>
    public async Task<StoredEffect?> FindEffectAsync(string effectId, CancellationToken cancel = default) =>
        (await ReadAsync($"{SqliteRows.SelectEffect} WHERE id = $id", SqliteRows.Effect, cancel, ("$id", effectId))).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<StoredSnapshot?> LoadSnapshotAsync(string name, CancellationToken cancel = default) =>
        (await ReadAsync(
            "SELECT name, version, state_epoch_ms, bytes FROM kernel_snapshots WHERE name = $name",
            row => new StoredSnapshot(
                row.GetString(0), row.GetInt32(1), row.GetInt64(2), (byte[])row.GetValue(3)),
            cancel,
            ("$name", name))).SingleOrDefault();

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDecision>> LoadDecisionsAsync(
        Symbol? symbol, int limit, CancellationToken cancel = default) =>
        ReadAsync(
            $"SELECT id, time_ms, symbol, strategy, outcome, decision FROM decisions "
            + (symbol is null ? "" : "WHERE symbol = $symbol ")
            + "ORDER BY time_ms DESC, id DESC LIMIT $limit",
            row => new StoredDecision(
                row.GetString(0), row.GetInt64(1), Symbol.Parse(row.GetString(2)),
                row.GetString(3), row.GetString(4), row.GetString(5)),
            cancel,
            symbol is { } one ? [("$symbol", one.Name), ("$limit", limit)] : [("$limit", limit)]);

    /// <inheritdoc/>
    public async Task<string?> LoadValueAsync(string name, CancellationToken cancel = default) =>
        (await ReadAsync(
            "SELECT value FROM kv WHERE name = $name", row => row.GetString(0), cancel, ("$name", name)))
        .SingleOrDefault();

    public void Dispose()
    {
        _writes.Dispose();
        _writer.Dispose();
        SqliteConnection.ClearPool(new(_connectionString));
        _turn.Dispose();
        _lock?.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException(
                $"The store '{path}' is in use by another process. End it, or choose another state folder",
                e);
        }
    }

    /// <summary>A setting of the writing connection, for tests.</summary>
    internal object? Pragma(string name)
    {
        using var command = _writer.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return command.ExecuteScalar();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Task<T> WriteAsync<T>(Func<SqliteWrites, T> write, CancellationToken cancel) =>
        WriteAsync(
            (_, transaction) =>
            {
                _writes.Join(transaction);
                return write(_writes);
            },
            cancel);

    /// <summary>One transaction, one at a time: whatever goes wrong inside leaves nothing behind.</summary>
    internal async Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> write, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            using var transaction = _writer.BeginTransaction(deferred: false);
            var result = write(_writer, transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// A connection of its own from the pool: it sees the last commit, and nothing of one under way.
    /// </summary>
    internal Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<SqliteDataReader, T> map, CancellationToken cancel,
        params (string Name, object Value)[] values)
    {
        cancel.ThrowIfCancellationRequested();
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(map(reader));
        return Task.FromResult<IReadOnlyList<T>>(rows);
    }
}
