using System.Diagnostics;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Running;

/// <summary>
/// Where a running system's candles come from: a generated market, recorded files, an exchange. A feed hands
/// over batches of closed candles, one batch per closing time, and its position is part of the system's state.
/// </summary>
public interface IMarketFeed : IStateful, IDisposable
{
    /// <summary>The symbols of this run with their rules.</summary>
    IReadOnlyList<SymbolListing> Listings { get; }

    /// <summary>
    /// The closing time of the next batch, UTC, Unix milliseconds; <see cref="long.MaxValue"/> when the feed
    /// has ended. A batch may be read once market time has reached this moment.
    /// </summary>
    long NextCloseMs { get; }

    /// <summary>Hands over every candle that closes at <see cref="NextCloseMs"/>, of all frames there are.</summary>
    /// <param name="into">
    /// Cleared first; afterwards in the order of spec 2.17: BTC first, then higher frames before lower ones, then
    /// symbols by ordinal.
    /// </param>
    void Read(List<FeedCandle> into);

    /// <summary>The span of what was read last, for the spans of what follows from it; empty when nobody traces.</summary>
    ActivityContext Trace => default;

    /// <summary>The minute in progress at a market time, for display; null when the feed does not know it.</summary>
    RunningCandle? Running(Symbol symbol, long nowMs);
}
