namespace FuturesBot.Simulator.Market;

/// <summary>
/// The whole simulated market. It has no clock: market time is where it was moved to. One thread at a time may use
/// it, its books included. A symbol is given by its place in <see cref="Symbols"/>.
/// </summary>
public interface IMarket
{
    IReadOnlyList<MarketSymbol> Symbols { get; }

    /// <summary>Present market time, Unix milliseconds.</summary>
    long NowMs { get; }

    /// <summary>Start of the oldest minute that is still kept.</summary>
    long OldestMs { get; }

    /// <summary>Market time at which a replay ends; null while no end is known. Moving stops there.</summary>
    long? EndMs { get; }

    /// <summary>Moves the market and tells what happened on the way.</summary>
    /// <param name="marketMs">Not before <see cref="NowMs"/>; beyond <see cref="EndMs"/> it moves to the end.</param>
    /// <param name="into">Hears it.</param>
    /// <param name="sliceMs">
    /// Market time between two looks at books, trades, mark prices and running candles, a multiple of 100 from 100 up; looks lie on its
    /// multiples and at the ends of minutes. Longer ones have fewer and larger trades, from the next minute on. Closed candles and
    /// funding come all the same, each exactly once.
    /// </param>
    /// <exception cref="ArgumentException">A time before now, or a slice that is not such a multiple.</exception>
    void MoveTo(long marketMs, IMarketListener into, int sliceMs = 100);

    /// <summary>
    /// Puts a fill of an account among the public trades, at once for those who ask and at the next look for those who listen. It
    /// counts in candles and tickers, moves the last price, and leaves book and mark price as they are.
    /// </summary>
    /// <param name="ticks">Price.</param>
    /// <param name="steps">Above 0.</param>
    /// <param name="takerBuys">Which side took.</param>
    /// <remarks>A market replayed from a depth recording goes on as it was: there it does nothing.</remarks>
    void Print(int symbol, long ticks, long steps, bool takerBuys);

    /// <summary>Candles in order of time, the running one last when the range reaches it.</summary>
    /// <param name="startMs">First open time; null for the newest candles up to the end.</param>
    /// <param name="endMs">Last open time; null for now.</param>
    /// <param name="limit">1 to 1,500. With a start the first so many, without one the last so many.</param>
    IReadOnlyList<KlineRow> Klines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit);

    /// <inheritdoc cref="Klines"/>
    IReadOnlyList<PriceKlineRow> MarkPriceKlines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit);

    /// <inheritdoc cref="Klines"/>
    IReadOnlyList<PriceKlineRow> IndexPriceKlines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit);

    IMarketBook Book(int symbol);

    Ticker24h Ticker24h(int symbol);

    /// <summary>The last traded price in ticks; 0 before the symbol is listed.</summary>
    long LastTicks(int symbol);

    MarkPrice MarkPrice(int symbol);

    /// <summary>Payments that were due, in order of time.</summary>
    /// <param name="limit">1 to 1,000. With a start the first so many, without one the last so many.</param>
    IReadOnlyList<FundingRate> FundingRates(int symbol, long? startMs, long? endMs, int limit);

    /// <summary>Open contracts now; null when the market's source does not tell them.</summary>
    OpenInterestRow? OpenInterest(int symbol);

    /// <summary>Open interest at the ends of periods, in order of time, as long as history is kept.</summary>
    /// <param name="periodMinutes">5, 15, 30, 60, 120, 240, 360, 720 or 1440.</param>
    /// <param name="limit">1 to 500. With a start the first so many, without one the last so many.</param>
    IReadOnlyList<OpenInterestRow> OpenInterestHistory(int symbol, int periodMinutes, long? startMs, long? endMs, int limit);

    /// <summary>Aggregated trades in order of time, as they were told.</summary>
    /// <param name="fromId">First id; the other bounds are then ignored.</param>
    /// <param name="limit">1 to 1,000. With an id or a start the first so many, else the last so many.</param>
    IReadOnlyList<AggTrade> AggTrades(int symbol, long? fromId, long? startMs, long? endMs, int limit);

    /// <summary>Single trades in order of time.</summary>
    /// <param name="fromId">First id; null for the newest.</param>
    /// <param name="limit">1 to 1,000.</param>
    IReadOnlyList<MarketTrade> Trades(int symbol, long? fromId, int limit);
}
