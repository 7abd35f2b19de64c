using System.Text.Json;

namespace FuturesBot.Dashboard;

/// <summary>A page of closed trades, as trades.jsonl holds them.</summary>
public sealed record BacktestTradesView(int Total, int Offset, IReadOnlyList<JsonElement> Trades);
