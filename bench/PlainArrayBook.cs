using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>
/// The yardstick: what one writes first. An array of quantities over all prices that the recording will ever have, an
/// index for each level by division, the best price followed by a loop. It takes tens of megabytes and has to know the
/// prices in advance; nothing can do less for a level.
/// </summary>
internal sealed class PlainArrayBook
{
    private readonly PlainArraySide _bids;
    private readonly PlainArraySide _asks;

    public PlainArrayBook(RecordedDepth recording)
    {
        var prices = recording.Updates
            .SelectMany(update => update.Bids.ToArray().Concat(update.Asks.ToArray())).Select(level => level.Price).ToArray();
        _bids = new(prices.Min(), prices.Max(), recording.TickSize, isAsks: false);
        _asks = new(prices.Min(), prices.Max(), recording.TickSize, isAsks: true);
    }

    public long Bytes => _bids.Bytes + _asks.Bytes;

    public (long Bid, long BidQuantity, long Ask, long AskQuantity) Best =>
        (_bids.BestPrice, _bids.BestQuantity, _asks.BestPrice, _asks.BestQuantity);

    public void Apply(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        _bids.Apply(bids);
        _asks.Apply(asks);
    }

    public void Reset()
    {
        _bids.Reset();
        _asks.Reset();
    }

    /// <param name="lowest">Lowest price.</param>
    /// <param name="highest">Highest price.</param>
    /// <param name="tickSize">Of the grid.</param>
    /// <param name="isAsks">The lowest price is the best, and has the highest index.</param>
    private sealed class PlainArraySide(long lowest, long highest, long tickSize, bool isAsks)
    {
        private readonly long[] _quantities = new long[((highest - lowest) / tickSize) + 1];
        private int _best = -1;

        public long Bytes => _quantities.LongLength * sizeof(long);

        public long BestPrice => _best < 0 ? 0 : isAsks ? highest - (_best * tickSize) : lowest + (_best * tickSize);

        public long BestQuantity => _best < 0 ? 0 : _quantities[_best];

        public void Apply(ReadOnlySpan<BookLevel> changes)
        {
            unchecked
            {
                foreach (ref readonly var change in changes)
                {
                    var index = (int)((isAsks ? highest - change.Price : change.Price - lowest) / tickSize);
                    _quantities[index] = change.Quantity;
                    if (change.Quantity != 0)
                    {
                        if (index > _best) _best = index;
                    }
                    else if (index == _best)
                    {
                        do _best--;
                        while (_best >= 0 && _quantities[_best] == 0);
                    }
                }
            }
        }

        public void Reset()
        {
            Array.Clear(_quantities);
            _best = -1;
        }
    }
}
