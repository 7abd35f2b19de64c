namespace FuturesBot.Simulator.Market;

/// <summary>
/// Hears what happens while the market moves. Calls come on the mover's thread, ordered by market time; at the
/// same time, for each symbol: trades, quote, bookTicker, depth, mark price, running candles; and at the end of
/// a minute the closed candles, the shortest interval first, and then funding. A listener may ask the market and
/// work on the book from within a call.
/// </summary>
public interface IMarketListener
{
    /// <summary>Asked once per symbol in every move. Nothing else costs time.</summary>
    MarketFeeds Wants(int symbol);

    void OnTrade(int symbol, in MarketTrade trade);

    void OnAggTrade(int symbol, in AggTrade trade);

    /// <summary>
    /// The background liquidity now stands at these prices. Own orders that it crosses are to be filled now:
    /// the bookTicker and the depth that follow show what is left (see <see cref="IMarketBook.AddOwn"/>).
    /// </summary>
    void OnQuote(int symbol, long bidTicks, long askTicks, long timeMs);

    void OnBookTicker(int symbol, in BookTicker ticker);

    void OnDepth(int symbol, in DepthDelta delta);

    /// <param name="closed">True exactly once per candle, in order; closed candles are told whatever is wanted.</param>
    void OnKline(int symbol, KlineInterval interval, in KlineRow row, bool closed);

    void OnMarkPrice(int symbol, in MarkPrice mark);

    /// <summary>A funding payment is due at this rate.</summary>
    void OnFunding(int symbol, in FundingRate funding);
}
