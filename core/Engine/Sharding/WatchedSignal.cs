using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Sharding;

/// <summary>What is watched for a signal.</summary>
/// <param name="SignalId">Who asked.</param>
/// <param name="Symbol">The market.</param>
/// <param name="SinceMs">Market time from which on a touch counts, UTC, Unix milliseconds.</param>
/// <param name="Levels">The prices.</param>
/// <param name="Told">Names of those that were reached and told.</param>
public sealed record WatchedSignal(string SignalId, Symbol Symbol, long SinceMs, IReadOnlyList<WatchedLevel> Levels, IReadOnlyList<string> Told);
