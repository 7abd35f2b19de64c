namespace FuturesBot.Engine.Running;

/// <summary>What a run is, from its first start on; a state folder belongs to one.</summary>
/// <param name="Exchange"><c>simulated</c> or <c>replay</c>.</param>
/// <param name="Seed">Of the generated market; 0 for recorded data.</param>
/// <param name="Data">Folder of recorded data; empty for a generated market.</param>
/// <param name="StartMs">Open of the first candle, UTC, Unix milliseconds.</param>
/// <param name="DecideFromMs">
/// Up to this closing time candles are folded in and nothing is decided: what a system that has just loaded its
/// history knows.
/// </param>
/// <param name="LiveFromMs">Signals decided up to this closing time are marked as replayed.</param>
public sealed record RunIdentity(
    string Exchange, long Seed, string Data, long StartMs, long DecideFromMs, long LiveFromMs);
