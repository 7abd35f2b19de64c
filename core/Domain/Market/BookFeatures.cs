namespace FuturesBot.Domain.Market;

/// <summary>
/// What an order book says at one moment (spec 2.4). The default value is the book that may not be asked: every feature
/// is NaN, never 0. Valid until the book changes; nothing here allocates.
/// </summary>
public readonly struct BookFeatures
{
    /// <summary>Longest span of the order-flow imbalance, seconds.</summary>
    public const int FlowSecondsMax = 60;

    /// <summary>With less known around the middle the imbalance is unavailable, basis points.</summary>
    public const double ReachMinBp = DepthDecay.LengthBp;

    private readonly BookMeter? _meter;

    internal BookFeatures(BookMeter meter) =>
        _meter = meter.Book.HasBothSides && !meter.Book.IsCrossed ? meter : null;

    /// <summary>Whether the book is in step, young enough and has both sides.</summary>
    public bool Available => _meter is not null;

    /// <summary>Quote units.</summary>
    public double BestBid => _meter is null ? double.NaN : FixedPoint.ToDouble(_meter.Book.BestBid);

    /// <summary>Quote units.</summary>
    public double BestAsk => _meter is null ? double.NaN : FixedPoint.ToDouble(_meter.Book.BestAsk);

    /// <summary>Quote units.</summary>
    public double Mid => (BestBid + BestAsk) / 2;

    /// <summary>Quote units.</summary>
    public double Spread => BestAsk - BestBid;

    /// <summary>(ask − bid) / mid.</summary>
    public double SpreadFraction => Spread / Mid;

    /// <summary>
    /// Signed depth imbalance −1…+1, bids positive: levels within 50 bp of the middle, weighted exp(−d / 10 bp). Where
    /// less of a side is known, both count as far as that; NaN when it is less than 10 bp, which hold most of the weight.
    /// Some microseconds: sample it.
    /// </summary>
    public double Imbalance => _meter?.Imbalance() ?? double.NaN;

    /// <summary>
    /// Median of the imbalance at the ends of the last 20 seconds of market time; NaN with fewer than 15 samples.
    /// </summary>
    public double ImbalanceMedian => _meter?.ImbalanceMedian() ?? double.NaN;

    /// <summary>
    /// Price between bid and ask, nearer to the side with less quantity: (bid · ask quantity + ask · bid quantity) / both.
    /// </summary>
    public double Microprice
    {
        get
        {
            if (_meter is null) return double.NaN;
            var (bidQuantity, askQuantity) = ((double)_meter.Book.BestBidQuantity, (double)_meter.Book.BestAskQuantity);
            return ((BestBid * askQuantity) + (BestAsk * bidQuantity)) / (bidQuantity + askQuantity);
        }
    }

    /// <summary>(bids − asks) / both over the best levels of each side, unweighted; −1…+1. NaN when fewer are known.</summary>
    public double LevelImbalance(int levels = 20)
    {
        if (_meter is null) return double.NaN;
        var book = _meter.Book;
        var bids = book.Bids.SumBest(levels, book.BidsKnownFrom is > 0 and var lowest ? lowest : null);
        var asks = book.Asks.SumBest(levels, book.AsksKnownTo is < long.MaxValue and var highest ? highest : null);
        return (bids - asks) / (bids + asks);
    }

    /// <summary>Bids down to a distance from the middle, base units; NaN when they are not known so far.</summary>
    public double BidDepth(double withinBp) =>
        _meter is null || withinBp > _meter.Book.BidReachBp ? double.NaN : Depth(_meter.Book.Bids, withinBp);

    /// <summary>Asks up to a distance from the middle, base units; NaN when they are not known so far.</summary>
    public double AskDepth(double withinBp) =>
        _meter is null || withinBp > _meter.Book.AskReachBp ? double.NaN : Depth(_meter.Book.Asks, withinBp);

    /// <summary>
    /// Order-flow imbalance (Cont, Kukanov and Stoikov 2014) of the last seconds of market time, the running one included,
    /// in units of the mean quantity at the best prices.
    /// </summary>
    /// <param name="seconds">1 to 60.</param>
    public double OrderFlow(int seconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, FlowSecondsMax);
        return _meter?.OrderFlow(seconds) ?? double.NaN;
    }

    private double Depth(BookLadder side, double withinBp)
    {
        var midTicks = _meter!.MidTicks();
        return side.SumWithin(midTicks, midTicks * withinBp / 10_000) / FixedPoint.One;
    }
}
