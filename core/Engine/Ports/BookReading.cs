using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>
/// What an order book says now. Every number is NaN while <see cref="Trust"/> is not <see cref="BookTrust.Synced"/> or
/// the book is older than 2 seconds (spec 2.4).
/// </summary>
/// <param name="Trust">How far it may be believed.</param>
/// <param name="LastUpdateId">Of the last update applied; 0 when there is none.</param>
/// <param name="AgeMs">Wall time since the last update, milliseconds.</param>
/// <param name="Resyncs">How often it had to be built anew.</param>
/// <param name="BestBid">Quote units.</param>
/// <param name="BestAsk">Quote units.</param>
/// <param name="Imbalance">Signed depth imbalance −1…+1, bids positive, weighted exp(−d/10 bp) within 50 bp.</param>
/// <param name="ImbalanceMedian">Median of its 1 s samples of the last 20 s of market time.</param>
/// <param name="SpreadFraction">(ask − bid) / mid.</param>
public readonly record struct BookReading(
    BookTrust Trust, long LastUpdateId, long AgeMs, int Resyncs,
    double BestBid, double BestAsk, double Imbalance, double ImbalanceMedian, double SpreadFraction)
{
    /// <summary>What a book says at a moment.</summary>
    /// <param name="nowMs">By the clock that the book is told the time with.</param>
    public static BookReading Of(BookSync sync, long nowMs)
    {
        var features = sync.FeaturesAt(nowMs);
        return new(
            sync.Trust, sync.LastUpdateId, sync.AgeMs(nowMs), sync.Resyncs,
            features.BestBid, features.BestAsk, features.Imbalance, features.ImbalanceMedian, features.SpreadFraction);
    }
}
