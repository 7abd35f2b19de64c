using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Backtesting;

/// <summary>A symbol of a recorded run.</summary>
/// <param name="Found">Its rules and where they came from.</param>
/// <param name="Frames">The frames whose candles were read, not built; the shortest first.</param>
public sealed record RecordedSymbol(FoundRules Found, IReadOnlyList<TimeFrame> Frames);
