using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Tests.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Tests.Binance.Books;

/// <summary>The exchange's own book of one symbol: it changes by chance, tells each change and gives snapshots.</summary>
internal sealed class TrueBook(Symbol symbol, int seed)
{
    private const long Tick = FixedPoint.One / 10;

    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly SortedDictionary<long, long> _bids = [];
    private readonly SortedDictionary<long, long> _asks = [];
    private readonly Dictionary<long, (long Bid, long Ask)> _bestAt = [];
    private long _middle = 10_000;

    public Symbol Symbol => symbol;

    /// <summary>Of the last update.</summary>
    public long LastId { get; private set; } = 1000;

    /// <summary>The stream that tells it.</summary>
    public string Stream => $"{symbol.Name.ToLowerInvariant()}@depth@100ms";

    /// <summary>What was best after an update; both 0 for an id that ended none.</summary>
    public (long Bid, long Ask) BestAt(long updateId)
    {
        lock (_gate) return _bestAt.GetValueOrDefault(updateId);
    }

    /// <summary>Changes some levels.</summary>
    /// <returns>The update, as the exchange sends it.</returns>
    public string Next(long eventMs)
    {
        lock (_gate)
        {
            _middle += _random.Next(-2, 3);
            var (bids, asks) = (new Dictionary<long, long>(), new Dictionary<long, long>());
            foreach (var price in _bids.Keys.Where(price => price >= _middle * Tick)) bids[price] = 0;
            foreach (var price in _asks.Keys.Where(price => price <= _middle * Tick)) asks[price] = 0;
            for (var i = 0; i < 8; i++)
            {
                bids[(_middle - _random.Next(1, 40)) * Tick] = _random.Next(4) * FixedPoint.One;
                asks[(_middle + _random.Next(1, 40)) * Tick] = _random.Next(4) * FixedPoint.One;
            }

            bids[(_middle - 1) * Tick] = FixedPoint.One;
            asks[(_middle + 1) * Tick] = FixedPoint.One;
            Apply(_bids, bids);
            Apply(_asks, asks);
            var (previous, first) = (LastId, LastId + 1);
            LastId += _random.Next(1, 6);
            _bestAt[LastId] = (_bids.Keys.Max(), _asks.Keys.Min());
            return StreamText.Depth(symbol, eventMs, first, LastId, previous, Levels(bids), Levels(asks));
        }
    }

    public DepthSnapshot Snapshot(long nowMs)
    {
        lock (_gate) return new(symbol, LastId, nowMs, nowMs, [.. Levels(_bids).Reverse()], [.. Levels(_asks)]);
    }

    private static void Apply(SortedDictionary<long, long> side, Dictionary<long, long> changes)
    {
        foreach (var (price, quantity) in changes)
        {
            if (quantity == 0) side.Remove(price);
            else side[price] = quantity;
        }
    }

    private static IEnumerable<BookLevel> Levels(IEnumerable<KeyValuePair<long, long>> levels) =>
        levels.Select(level => new BookLevel(level.Key, level.Value));
}
