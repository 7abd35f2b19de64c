using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>What one symbol of the generated market is like.</summary>
/// <param name="Symbol">Its name.</param>
/// <param name="Rules">Its filters; the tick is 1, 0.1, 0.01 … 0.00000001.</param>
/// <param name="StartPrice">Price at the market's first minute, quote units, on the tick.</param>
/// <param name="Beta">How much of the leader's move it makes; the leader itself has 0.</param>
/// <param name="OwnDailyVolatility">Standard deviation of a day's own log return: 0.02 = 2 %.</param>
/// <param name="QuoteVolumePerMinute">Quote units traded in an ordinary minute.</param>
/// <param name="TradeNotional">Quote units of an ordinary trade.</param>
public sealed record GeneratedSymbol(
    Symbol Symbol,
    SymbolRules Rules,
    double StartPrice,
    double Beta,
    double OwnDailyVolatility,
    double QuoteVolumePerMinute,
    double TradeNotional);
