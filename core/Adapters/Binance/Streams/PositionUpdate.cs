using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>A position after a change. What was not sent is null.</summary>
/// <param name="Symbol">Of what (<c>s</c>).</param>
/// <param name="Side">Which one (<c>ps</c>).</param>
/// <param name="Quantity">Base units, negative when short, 0 when closed (<c>pa</c>).</param>
/// <param name="EntryPrice">Quote units, 0 when closed (<c>ep</c>).</param>
/// <param name="BreakEvenPrice">With commission, quote units (<c>bep</c>).</param>
/// <param name="UnrealizedProfit">Quote units (<c>up</c>).</param>
/// <param name="MarginType">As sent (<c>mt</c>): <c>cross</c> or <c>isolated</c>.</param>
public sealed record PositionUpdate(
    Symbol Symbol, PositionSide Side, decimal Quantity, decimal EntryPrice, decimal? BreakEvenPrice, decimal? UnrealizedProfit,
    string MarginType);
