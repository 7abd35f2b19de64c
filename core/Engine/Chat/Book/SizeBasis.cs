using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>What a position's size is worked out from.</summary>
/// <param name="Rules">The exchange's filters.</param>
/// <param name="Equity">USDT.</param>
/// <param name="LastPrice">Quote units; NaN when there is none.</param>
/// <param name="Atr">ATR of the base frame, quote units; NaN while warming up.</param>
/// <param name="Frame">The base frame.</param>
/// <param name="Plan">The newest live signal of the symbol; null without.</param>
public sealed record SizeBasis(
    Symbol Symbol, SymbolRules Rules, decimal Equity, double LastPrice, double Atr, TimeFrame Frame, TradePlan? Plan);
