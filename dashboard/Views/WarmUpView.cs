using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>How ripe a symbol's indicators are, and what cannot signal.</summary>
/// <param name="Bars">Closed candles that were folded in, by time frame.</param>
/// <param name="Ema200Bars">Bars of 15m behind the EMA200.</param>
/// <param name="Ema200Young">It has fewer than 1,200 bars: Action Price does not trade (spec 2.8b).</param>
/// <param name="CanSignal">Every strategy that is switched on may signal.</param>
/// <param name="Reasons">What cannot signal and why; empty when all can.</param>
public sealed record WarmUpView(
    Symbol Symbol,
    IReadOnlyDictionary<string, long> Bars,
    long Ema200Bars,
    bool Ema200Young,
    bool CanSignal,
    IReadOnlyList<string> Reasons);
