using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Risk;

/// <summary>The entry that a category calls for (spec 2.10).</summary>
public static class EntryPlacement
{
    /// <summary>
    /// Breakout: market. Pullback: limit at the signal price. Mean reversion: limit a share of ATR better. A limit
    /// is rounded away from crossing, down to buy and up to sell.
    /// </summary>
    public static EntryTerms For(
        RiskOptions options, SymbolRules rules, EntryCategory category, Side side, double signalPrice, double atr) =>
        category switch
        {
            EntryCategory.Breakout => new(EntryType.Market, rules.ToPrice(signalPrice).Value, ExpiryBars: 0),
            EntryCategory.Pullback =>
                new(EntryType.Limit, Away(rules, side, signalPrice), options.PullbackExpiryBars),
            EntryCategory.MeanReversion => new(
                EntryType.Limit,
                Away(rules, side, signalPrice - (side.Sign() * options.MeanReversionOffsetAtr * atr)),
                options.MeanReversionExpiryBars),
            _ => throw new ArgumentOutOfRangeException(nameof(category), category, "No such category"),
        };

    private static decimal Away(SymbolRules rules, Side side, double price) =>
        (side == Side.Long ? rules.ToPriceDown(price) : rules.ToPriceUp(price)).Value;
}
