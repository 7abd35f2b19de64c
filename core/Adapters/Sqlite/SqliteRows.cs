using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Microsoft.Data.Sqlite;

namespace FuturesBot.Adapters.Sqlite;

/// <summary>From rows to values.</summary>
internal static class SqliteRows
{
    public const string SelectSignal =
        "SELECT id, symbol, strategy, version, state, decided_ms, closed_ms FROM signals";

    public static StoredSignal Signal(SqliteDataReader row) => new(
        row.GetString(0),
        Symbol.Parse(row.GetString(1)),
        row.GetString(2),
        row.GetInt64(3),
        row.GetString(4),
        row.GetInt64(5),
        row.IsDBNull(6) ? null : row.GetInt64(6));

    public const string SelectEffect = "SELECT id, signal_id, kind, payload, created_ms FROM effects";

    public static StoredEffect Effect(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4));

    public static Candle Candle(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetDouble(1),
        row.GetDouble(2),
        row.GetDouble(3),
        row.GetDouble(4),
        row.GetDouble(5),
        row.IsDBNull(6) ? double.NaN : row.GetDouble(6),
        row.IsDBNull(7) ? double.NaN : row.GetDouble(7),
        row.IsDBNull(8) ? -1 : row.GetInt64(8));
}
