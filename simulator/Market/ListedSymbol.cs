namespace FuturesBot.Simulator.Market;

/// <summary>A generated symbol: how it moves, and what the exchange publishes about it.</summary>
/// <param name="Shape">How it moves.</param>
/// <param name="Facts">What is published.</param>
public sealed record ListedSymbol(GeneratedSymbol Shape, MarketSymbol Facts)
{
    /// <summary>An ordinary perpetual contract, listed long ago.</summary>
    public static ListedSymbol Of(GeneratedSymbol shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var name = shape.Symbol.Name;
        var quote = name.EndsWith("USDC", StringComparison.Ordinal) ? "USDC" : "USDT";
        var rules = shape.Rules;
        return new(shape, new()
        {
            Symbol = shape.Symbol,
            Pair = name,
            BaseAsset = name[..^quote.Length],
            QuoteAsset = quote,
            MarginAsset = quote,
            OnboardMs = 1_569_398_400_000,   // 2019-09-25, when the first contract of the kind was listed
            TickSize = rules.TickSize,
            StepSize = rules.StepSize,
            MinPrice = rules.TickSize,
            MaxPrice = rules.ToPriceUp(shape.StartPrice * 20).Value,
            MinQuantity = rules.MinQuantity,
            MaxQuantity = rules.MaxMarketQuantity * 10,
            MaxMarketQuantity = rules.MaxMarketQuantity,
            MinNotional = rules.MinNotional,
            PriceDecimals = MarketSymbol.DecimalsOf(rules.TickSize),
            QuantityDecimals = MarketSymbol.DecimalsOf(rules.StepSize),
        });
    }
}
