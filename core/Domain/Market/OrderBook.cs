namespace FuturesBot.Domain.Market;

/// <summary>
/// The order book of one symbol: absolute quantities in arrays indexed by tick. It knows nothing of sequences:
/// <see cref="BookSync"/> decides what is applied and how far the book may be believed.
/// </summary>
/// <remarks>
/// <para>Each side holds a window of 512 to 8,192 ticks around the best price, as large as its levels make worth while, and moves it
/// when the price runs away. A level outside of it is kept as exactly, only more slowly; at <see cref="FarLevelsMax"/> such levels
/// a side the deepest quarter of them is given up and counted in <see cref="Forgotten"/>: deeper than there the book is unknown.</para>
/// <para>A snapshot holds the best levels of each side, and updates tell of changes alone: a level below the snapshot's
/// last one stands in the book only if it changed since, and as long as its place is not needed for others. What is known without a hole reaches from the best price
/// down to <see cref="BidsKnownFrom"/> and up to <see cref="AsksKnownTo"/>; features do not reach further.</para>
/// <para>A level off the tick grid is refused and counted: the book is then no longer the exchange's. When the exchange
/// makes a tick finer, the next snapshot shows it and brings the new grid (<see cref="Load"/>). A coarser tick needs
/// nothing: its prices lie on the finer grid too.</para>
/// <para>Not thread-safe. No update allocates, except when the window or the store of far levels doubles.</para>
/// </remarks>
public sealed class OrderBook
{
    /// <summary>Levels a side kept outside the window.</summary>
    public const int FarLevelsMax = 16_384;

    private readonly BookLadder _bids;
    private readonly BookLadder _asks;
    private TickGrid _grid;
    private long _bidsFrom;
    private long _asksTo = long.MaxValue;

    /// <param name="tickSize">The symbol's tick in units of 10⁻⁸ quote (<see cref="FixedPoint"/>), from 1 up.</param>
    public OrderBook(long tickSize)
    {
        _grid = new(tickSize);
        _bids = new(asks: false, _grid, FarLevelsMax);
        _asks = new(asks: true, _grid, FarLevelsMax);
    }

    /// <summary>Units of 10⁻⁸ quote.</summary>
    public long TickSize => _grid.TickSize;

    /// <summary>Units of 10⁻⁸ quote; 0 when there are no bids.</summary>
    public long BestBid => _bids.BestPrice;

    /// <summary>Units of 10⁻⁸ base; 0 when there are no bids.</summary>
    public long BestBidQuantity => _bids.BestQuantity;

    /// <summary>Units of 10⁻⁸ quote; 0 when there are no asks.</summary>
    public long BestAsk => _asks.BestPrice;

    /// <summary>Units of 10⁻⁸ base; 0 when there are no asks.</summary>
    public long BestAskQuantity => _asks.BestQuantity;

    public int BidLevels => _bids.Levels;

    public int AskLevels => _asks.Levels;

    /// <summary>Every bid at or above this price is known, units of 10⁻⁸ quote; 0 when all are.</summary>
    public long BidsKnownFrom => _bids.ForgottenTo is { } price ? Math.Max(_bidsFrom, price + TickSize) : _bidsFrom;

    /// <summary>Every ask at or below this price is known, units of 10⁻⁸ quote; <see cref="long.MaxValue"/> when all are.</summary>
    public long AsksKnownTo => _asks.ForgottenTo is { } price ? Math.Min(_asksTo, price - TickSize) : _asksTo;

    /// <summary>Whether the best levels are the exchange's: a price that left the known range hides better ones.</summary>
    public bool KnowsBest =>
        (_bids.IsEmpty ? BidsKnownFrom == 0 : BestBid >= BidsKnownFrom)
        && (_asks.IsEmpty ? AsksKnownTo == long.MaxValue : BestAsk <= AsksKnownTo);

    /// <summary>Distance from the middle down to which all bids are known, basis points; infinite when all are, NaN without a middle.</summary>
    public double BidReachBp => !HasBothSides ? double.NaN : BidsKnownFrom == 0 ? double.PositiveInfinity : -AboveMiddleBp(BidsKnownFrom);

    /// <summary>Distance from the middle up to which all asks are known, basis points; infinite when all are, NaN without a middle.</summary>
    public double AskReachBp => !HasBothSides ? double.NaN : AsksKnownTo == long.MaxValue ? double.PositiveInfinity : AboveMiddleBp(AsksKnownTo);

    public bool HasBothSides => !_bids.IsEmpty && !_asks.IsEmpty;

    /// <summary>The best bid stands at or above the best ask.</summary>
    public bool IsCrossed => HasBothSides && BestBid >= BestAsk;

    /// <summary>
    /// Levels refused since the start: off the grid, a price that is not positive or above 2⁶¹ ticks, a negative quantity.
    /// </summary>
    public long Refused { get; private set; }

    /// <summary>Levels given up since the start because a side had too many.</summary>
    public long Forgotten => _bids.Forgotten + _asks.Forgotten;

    /// <summary>How often a snapshot brought a finer tick.</summary>
    public int TickChanges { get; private set; }

    /// <summary>Memory of quantities and indexes.</summary>
    public int Bytes => _bids.Bytes + _asks.Bytes;

    /// <summary>Sets each level to its quantity; 0 removes it, and removing a missing level is normal.</summary>
    /// <returns>Levels that were refused; when not 0, the book is no longer the exchange's.</returns>
    public int Apply(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        var refused = _bids.Apply(bids) + _asks.Apply(asks);
        Refused += refused;
        return refused;
    }

    /// <summary>
    /// Replaces everything by a snapshot, levels in any order. When a price is off the grid, the tick becomes the greatest
    /// one that divides it and the old tick.
    /// </summary>
    /// <param name="bids">Bids.</param>
    /// <param name="asks">Asks.</param>
    /// <param name="levelsMax">Levels a side that were asked for: a side with fewer is whole, of one with as many the deeper ones are unknown.</param>
    /// <returns>Levels that were refused: a price that is not positive or too large, a negative quantity.</returns>
    public int Load(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, int levelsMax = int.MaxValue)
    {
        var tick = Finest(Finest(TickSize, bids), asks);
        if (tick != TickSize)
        {
            _grid = new(tick);
            TickChanges++;
        }

        Reset();
        if (bids.Length >= levelsMax) _bids.KnownTo = _bidsFrom = LowestOf(bids);
        if (asks.Length >= levelsMax) _asks.KnownTo = _asksTo = HighestOf(asks);
        return Apply(bids, asks);
    }

    /// <summary>Whether <see cref="Load"/> would refuse nothing.</summary>
    public bool CanLoad(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        var grid = new TickGrid(Finest(Finest(TickSize, bids), asks));
        return CanHold(grid, bids) && CanHold(grid, asks);
    }

    /// <summary>Forgets all levels.</summary>
    public void Reset()
    {
        _bids.Clear(_grid);
        _asks.Clear(_grid);
        (_bidsFrom, _asksTo) = (0, long.MaxValue);
    }

    /// <summary>Whether the best levels of both sides are known, so many of each or all that there are.</summary>
    public bool KnowsLevels(int levels)
    {
        if (BidsKnownFrom == 0 && AsksKnownTo == long.MaxValue) return true;
        Span<BookLevel> best = levels <= 64 ? stackalloc BookLevel[levels] : new BookLevel[levels];
        return (BidsKnownFrom == 0 || (CopyBids(best) == levels && best[^1].Price >= BidsKnownFrom))
            && (AsksKnownTo == long.MaxValue || (CopyAsks(best) == levels && best[^1].Price <= AsksKnownTo));
    }

    /// <summary>The best bids, best first.</summary>
    /// <returns>How many there were, at most the span's length.</returns>
    public int CopyBids(Span<BookLevel> levels) => _bids.CopyTo(levels);

    /// <summary>The best asks, best first.</summary>
    /// <returns>How many there were, at most the span's length.</returns>
    public int CopyAsks(Span<BookLevel> levels) => _asks.CopyTo(levels);

    internal BookLadder Bids => _bids;

    internal BookLadder Asks => _asks;

    private double AboveMiddleBp(long price)
    {
        var middle = (BestBid + (double)BestAsk) / 2;
        return (price - middle) / middle * 10_000;
    }

    private static long LowestOf(ReadOnlySpan<BookLevel> levels)
    {
        var lowest = long.MaxValue;
        foreach (ref readonly var level in levels) lowest = Math.Min(lowest, level.Price);
        return lowest;
    }

    private static long HighestOf(ReadOnlySpan<BookLevel> levels)
    {
        var highest = 0L;
        foreach (ref readonly var level in levels) highest = Math.Max(highest, level.Price);
        return highest;
    }

    private static bool CanHold(TickGrid grid, ReadOnlySpan<BookLevel> levels)
    {
        foreach (ref readonly var level in levels)
        {
            if (level.Quantity < 0 || unchecked(grid.TicksOf(level.Price) - 1) >= grid.TicksMax) return false;
        }

        return true;
    }

    private static long Finest(long tick, ReadOnlySpan<BookLevel> levels)
    {
        foreach (ref readonly var level in levels)
        {
            var (larger, smaller) = (level.Price, tick);
            if (larger <= 0) continue;
            while (smaller > 0) (larger, smaller) = (smaller, larger % smaller);
            tick = larger;
        }

        return tick;
    }
}
