using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>A candle as it stands (<c>kline</c>). What the exchange did not send is NaN or −1, never zero.</summary>
/// <remarks>
/// Prices are on the tick and fit <see cref="FixedPoint"/>. Volumes do not: a day of a coin priced far below a cent
/// passes 92 billion units, so they are the nearest double of the text, which is all that a candle needs.
/// </remarks>
/// <param name="SymbolIndex">In the <see cref="SymbolTable"/>.</param>
/// <param name="Frame">One of our six; candles of other lengths are left out and counted.</param>
/// <param name="EventMs">UTC, Unix milliseconds.</param>
/// <param name="OpenMs">UTC, Unix milliseconds, aligned to the frame.</param>
/// <param name="Open">Units of 10⁻⁸ quote.</param>
/// <param name="High">Units of 10⁻⁸ quote.</param>
/// <param name="Low">Units of 10⁻⁸ quote.</param>
/// <param name="Close">Units of 10⁻⁸ quote.</param>
/// <param name="Volume">Base units.</param>
/// <param name="QuoteVolume">Quote units.</param>
/// <param name="TakerBuyVolume">Base units.</param>
/// <param name="TakerBuyQuoteVolume">Quote units.</param>
/// <param name="Trades">Number of trades.</param>
/// <param name="FirstTradeId">−1 in a candle without trades, too.</param>
/// <param name="LastTradeId">−1 in a candle without trades, too.</param>
/// <param name="IsClosed">The exchange says that it is final (<c>x</c>).</param>
public readonly record struct KlineUpdate(
    int SymbolIndex, TimeFrame Frame, long EventMs, long OpenMs,
    long Open, long High, long Low, long Close,
    double Volume, double QuoteVolume, double TakerBuyVolume, double TakerBuyQuoteVolume,
    long Trades, long FirstTradeId, long LastTradeId, bool IsClosed)
{
    /// <summary>
    /// For analysis: each number is the double nearest to the text that was sent, as in every other source of
    /// candles. Final only when <see cref="IsClosed"/>.
    /// </summary>
    public Candle ToCandle() =>
        new(OpenMs,
            NearestDouble.OfFixedPoint(Open), NearestDouble.OfFixedPoint(High),
            NearestDouble.OfFixedPoint(Low), NearestDouble.OfFixedPoint(Close),
            Volume, QuoteVolume, TakerBuyVolume, Trades);

    /// <summary>For charts, while the candle has not closed.</summary>
    public RunningCandle ToRunning() => new(Frame, ToCandle());
}
