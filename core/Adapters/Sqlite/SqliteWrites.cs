using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Microsoft.Data.Sqlite;

namespace FuturesBot.Adapters.Sqlite;

/// <summary>The statements of the one writer, prepared once.</summary>
internal sealed class SqliteWrites : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _commands = [];
    private readonly SqliteCommand _addCandle, _findCandle, _dropCandle, _candleTimes, _findSignal, _putSignal;
    private readonly SqliteCommand _addEffect, _markDone, _putSnapshot, _putDecision, _putValue;

    public SqliteWrites(SqliteConnection connection)
    {
        _connection = connection;
        _addCandle = Prepare(
            """
            INSERT INTO candles
                (symbol, frame, open_ms, open, high, low, close, volume,
                 quote_volume, taker_buy_volume, trades)
            VALUES ($symbol, $frame, $open_ms, $open, $high, $low, $close, $volume, $quote, $taker, $trades)
            ON CONFLICT DO NOTHING
            """,
            "$symbol", "$frame", "$open_ms",
            "$open", "$high", "$low", "$close", "$volume", "$quote", "$taker", "$trades");
        _findCandle = Prepare(
            """
            SELECT open_ms, open, high, low, close, volume, quote_volume, taker_buy_volume, trades
            FROM candles WHERE symbol = $symbol AND frame = $frame AND open_ms = $open_ms
            """,
            "$symbol", "$frame", "$open_ms");
        _dropCandle = Prepare(
            "DELETE FROM candles WHERE symbol = $symbol AND frame = $frame AND open_ms = $open_ms",
            "$symbol", "$frame", "$open_ms");
        _candleTimes = Prepare(
            "SELECT open_ms FROM candles WHERE symbol = $symbol AND frame = $frame AND open_ms >= $from AND open_ms < $to",
            "$symbol", "$frame", "$from", "$to");
        _findSignal = Prepare($"{SqliteRows.SelectSignal} WHERE id = $id", "$id");
        _putSignal = Prepare(
            """
            INSERT INTO signals (id, symbol, strategy, version, state, decided_ms, closed_ms)
            VALUES ($id, $symbol, $strategy, $version, $state, $decided, $closed)
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, state = excluded.state, closed_ms = excluded.closed_ms
            """,
            "$id", "$symbol", "$strategy", "$version", "$state", "$decided", "$closed");
        _addEffect = Prepare(
            """
            INSERT INTO effects (id, signal_id, kind, payload, created_ms)
            VALUES ($id, $signal, $kind, $payload, $created)
            ON CONFLICT (id) DO NOTHING
            """,
            "$id", "$signal", "$kind", "$payload", "$created");
        _markDone = Prepare(
            "UPDATE effects SET done_ms = $done WHERE id = $id AND done_ms IS NULL", "$id", "$done");
        _putSnapshot = Prepare(
            """
            INSERT INTO kernel_snapshots (name, version, state_epoch_ms, bytes)
            VALUES ($name, $version, $epoch, $bytes)
            ON CONFLICT (name) DO UPDATE
            SET version = excluded.version, state_epoch_ms = excluded.state_epoch_ms, bytes = excluded.bytes
            """,
            "$name", "$version", "$epoch", "$bytes");
        _putDecision = Prepare(
            """
            INSERT INTO decisions (id, time_ms, symbol, strategy, outcome, decision)
            VALUES ($id, $time, $symbol, $strategy, $outcome, $json)
            ON CONFLICT (id) DO UPDATE SET time_ms = excluded.time_ms, symbol = excluded.symbol,
                strategy = excluded.strategy, outcome = excluded.outcome, decision = excluded.decision
            """,
            "$id", "$time", "$symbol", "$strategy", "$outcome", "$json");
        _putValue = Prepare(
            "INSERT INTO kv (name, value) VALUES ($name, $value) "
            + "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            "$name", "$value");
    }

    /// <summary>Makes the statements part of the transaction that has just begun.</summary>
    public void Join(SqliteTransaction transaction)
    {
        foreach (var command in _commands) command.Transaction = transaction;
    }

    public AppendCounts Append(CandleBatch batch)
    {
        long added = 0, same = 0, conflicts = 0;
        foreach (ref readonly var bar in batch.Candles.Span)
        {
            if (Add(batch.Series, bar)) added++;
            else if (Find(batch.Series, bar.OpenTimeMs).Equals(bar)) same++;
            else conflicts++;
        }

        return new(added, same, conflicts);
    }

    public RepairCounts Replace(CandleBatch batch, HashSet<long> times, long fromMs, long toMs)
    {
        long added = 0, same = 0, replaced = 0, removed = 0;
        foreach (var time in TimesOf(batch.Series, fromMs, toMs))
        {
            if (times.Contains(time)) continue;
            Drop(batch.Series, time);
            removed++;
        }

        foreach (ref readonly var bar in batch.Candles.Span)
        {
            if (Add(batch.Series, bar))
            {
                added++;
            }
            else if (Find(batch.Series, bar.OpenTimeMs).Equals(bar))
            {
                same++;
            }
            else
            {
                Drop(batch.Series, bar.OpenTimeMs);
                Add(batch.Series, bar);
                replaced++;
            }
        }

        return new(added, same, replaced, removed);
    }

    public void Put(StoredSignal signal)
    {
        if (Find(signal.Id) is { } stored)
        {
            if (stored == signal) return;
            if (signal.Version != stored.Version + 1)
                throw new StoreConflictException(
                    $"Signal {signal.Id} was version {signal.Version}; version {stored.Version} is stored");
        }
        else if (signal.Version != 1)
        {
            throw new StoreConflictException(
                $"Signal {signal.Id} was version {signal.Version}; none is stored");
        }

        Set(_putSignal, signal.Id, signal.Symbol.Name, signal.Strategy, signal.Version, signal.StateJson,
            signal.DecidedAtMs, signal.ClosedAtMs ?? (object)DBNull.Value);
        _putSignal.ExecuteNonQuery();
    }

    public void Put(StoredEffect effect)
    {
        Set(_addEffect, effect.Id, effect.SignalId, effect.Kind, effect.PayloadJson, effect.CreatedAtMs);
        _addEffect.ExecuteNonQuery();
    }

    public bool MarkDone(string effectId, long doneAtMs)
    {
        Set(_markDone, effectId, doneAtMs);
        return _markDone.ExecuteNonQuery() > 0;
    }

    public void Put(StoredSnapshot snapshot)
    {
        Set(_putSnapshot, snapshot.Name, snapshot.Version, snapshot.StateEpochMs, snapshot.Bytes.ToArray());
        _putSnapshot.ExecuteNonQuery();
    }

    public void Put(StoredDecision decision)
    {
        Set(
            _putDecision, decision.Id, decision.TimeMs, decision.Symbol.Name,
            decision.Strategy, decision.Outcome, decision.Json);
        _putDecision.ExecuteNonQuery();
    }

    public void Put(string name, string value)
    {
        Set(_putValue, name, value);
        _putValue.ExecuteNonQuery();
    }

    public long Forget(Retention retention, long nowMs)
    {
        const long MsPerDay = 86_400_000;
        return Delete("DELETE FROM candles WHERE open_ms < $limit", nowMs - (retention.CandleDays * MsPerDay))
            + Delete("DELETE FROM candles WHERE frame < 15 AND open_ms < $limit", nowMs - (retention.MinuteCandleDays * MsPerDay))
            + Delete("DELETE FROM signals WHERE closed_ms < $limit",
                nowMs - (retention.ClosedSignalDays * MsPerDay))
            + Delete("DELETE FROM effects WHERE done_ms < $limit",
                nowMs - (retention.DoneEffectDays * MsPerDay))
            + Delete(
                """
                DELETE FROM decisions WHERE (time_ms, id) <=
                    (SELECT time_ms, id FROM decisions ORDER BY time_ms DESC, id DESC LIMIT 1 OFFSET $limit)
                """,
                retention.DecisionsMax);
    }

    public void Dispose()
    {
        foreach (var command in _commands) command.Dispose();
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
    }

    private static object OrNull(double value) => double.IsNaN(value) ? DBNull.Value : value;

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.AddWithValue(name, DBNull.Value);
        _commands.Add(command);
        return command;
    }

    private bool Add(SeriesInfo series, in Candle bar)
    {
        Set(_addCandle, series.Symbol.Name, series.Frame.Minutes(), bar.OpenTimeMs,
            bar.Open, bar.High, bar.Low, bar.Close, bar.Volume,
            OrNull(bar.QuoteVolume), OrNull(bar.TakerBuyVolume), bar.Trades < 0 ? DBNull.Value : bar.Trades);
        return _addCandle.ExecuteNonQuery() > 0;
    }

    private Candle? Find(SeriesInfo series, long openTimeMs)
    {
        Set(_findCandle, series.Symbol.Name, series.Frame.Minutes(), openTimeMs);
        using var row = _findCandle.ExecuteReader();
        return row.Read() ? SqliteRows.Candle(row) : null;
    }

    private void Drop(SeriesInfo series, long openTimeMs)
    {
        Set(_dropCandle, series.Symbol.Name, series.Frame.Minutes(), openTimeMs);
        _dropCandle.ExecuteNonQuery();
    }

    private List<long> TimesOf(SeriesInfo series, long fromMs, long toMs)
    {
        Set(_candleTimes, series.Symbol.Name, series.Frame.Minutes(), fromMs, toMs);
        using var row = _candleTimes.ExecuteReader();
        var times = new List<long>();
        while (row.Read()) times.Add(row.GetInt64(0));
        return times;
    }

    private StoredSignal? Find(string signalId)
    {
        Set(_findSignal, signalId);
        using var row = _findSignal.ExecuteReader();
        return row.Read() ? SqliteRows.Signal(row) : null;
    }

    private long Delete(string sql, long limit)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = _addCandle.Transaction;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$limit", limit);
        return command.ExecuteNonQuery();
    }
}
