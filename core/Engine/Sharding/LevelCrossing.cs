using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Sharding;

/// <summary>The price has reached a level that a signal asked to be told of. Told once a level and signal.</summary>
/// <param name="SignalId">Who asked.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Level">Name of the level, such as <c>stop</c>.</param>
/// <param name="Price">The level, quote units.</param>
/// <param name="MarketPrice">The price that reached it: at or beyond the level.</param>
/// <param name="AtMs">Market time of that price, UTC, Unix milliseconds.</param>
public sealed record LevelCrossing(string SignalId, Symbol Symbol, string Level, decimal Price, decimal MarketPrice, long AtMs);
