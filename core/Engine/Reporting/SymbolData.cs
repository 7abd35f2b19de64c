namespace FuturesBot.Engine.Reporting;

/// <summary>The data a backtest had for one symbol.</summary>
/// <param name="Frames">Such as <c>5m, 15m; 1h and 4h built</c>.</param>
/// <param name="TickSize">Price step in quote units.</param>
/// <param name="TickSource">Such as <c>exchangeInfo</c> or <c>inferred from the prices</c>.</param>
/// <param name="Gaps">Holes in the data.</param>
/// <param name="MissingBars">Bars missing in them altogether.</param>
public sealed record SymbolData(
    string Symbol, string Frames, decimal TickSize, string TickSource, long FromMs, long ToMs, long Candles,
    int Gaps, long MissingBars);
