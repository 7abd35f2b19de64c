using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// The book of one symbol: background liquidity and, on top of it, own resting orders. Every change gets an update
/// id at once and is in the next depth delta.
/// </summary>
/// <remarks>In a market replayed from a depth recording the background cannot be changed: taking from it gives fills, and the
/// recording goes on as it was.</remarks>
public interface IMarketBook
{
    /// <summary>Id of the last change; a snapshot carries it.</summary>
    long LastUpdateId { get; }

    /// <summary>Best levels as shown, own orders included.</summary>
    BookTicker Best { get; }

    /// <summary>Best background bid in ticks, 0 when there is none.</summary>
    long BackgroundBid { get; }

    /// <summary>Best background ask in ticks, 0 when there is none.</summary>
    long BackgroundAsk { get; }

    /// <param name="limit">Levels a side, at most 1,000.</param>
    BookSnapshot Snapshot(int limit);

    /// <summary>Background quantity, in steps, that an order could take at its limit or better.</summary>
    /// <param name="side">Long takes asks, Short takes bids.</param>
    /// <param name="limitTicks">Null for a market order.</param>
    long Available(Side side, long? limitTicks);

    /// <summary>Takes background quantity, the best price first, and lessens it by what was taken. Own orders are never taken.</summary>
    /// <param name="side">Long takes asks, Short takes bids.</param>
    /// <param name="steps">Above 0.</param>
    /// <param name="limitTicks">Null for a market order.</param>
    /// <returns>Price and quantity of each level taken from, the best first; may sum to less than asked.</returns>
    IReadOnlyList<DepthLevel> Take(Side side, long steps, long? limitTicks);

    /// <summary>Shows a resting order. It is hidden while background liquidity crosses it: the book is never crossed.</summary>
    /// <param name="side">Long rests among the bids, Short among the asks.</param>
    void AddOwn(Side side, long ticks, long steps);

    /// <summary>Takes (a part of) a resting order out again.</summary>
    /// <exception cref="InvalidOperationException">More than was added there.</exception>
    void RemoveOwn(Side side, long ticks, long steps);
}
