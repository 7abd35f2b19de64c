using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Tests.Market;

/// <summary>
/// The exchange's side of one book: it changes at random, tells each change as a depth update, and remembers what the
/// book was at every update id.
/// </summary>
internal sealed class DepthExchange
{
    public const long Tick = FixedPoint.One / 10;

    private readonly Random _random;
    private readonly PlainBook _book = new();
    private readonly Dictionary<long, (BookLevel[] Bids, BookLevel[] Asks)> _history = [];
    private readonly List<long> _ids = [];
    private long _lastId;
    private int _centre;

    public DepthExchange(Random random)
    {
        _random = random;
        _lastId = random.NextInt64(1, 1L << 40);
        _centre = random.Next(2) == 0 ? random.Next(60, 20_000) : random.Next(20_000, 700_000);
        for (var i = 0; i < 20; i++) Next(0);
    }

    /// <summary>Its last update's id.</summary>
    public long LastId => _lastId;

    public static bool IsCrossed((BookLevel[] Bids, BookLevel[] Asks) book) =>
        book.Bids.Length > 0 && book.Asks.Length > 0 && book.Bids[0].Price >= book.Asks[0].Price;

    /// <summary>The whole book as it was at an update; best first.</summary>
    public (BookLevel[] Bids, BookLevel[] Asks) At(long updateId) => _history[updateId];

    /// <summary>The book changes; the update tells what.</summary>
    public Update Next(long nowMs)
    {
        if (_random.Next(300) == 0) _centre = Math.Max(50, _centre + _random.Next(-12_000, 12_001));
        else _centre = Math.Max(50, _centre + _random.Next(-2, 3));
        var bids = Changes(_book.Bids, price => price >= _centre, distance => _centre - 1 - distance);
        var asks = Changes(_book.Asks, price => price <= _centre, distance => _centre + 1 + distance);
        _book.Apply(bids, asks);

        var previous = _lastId;
        _lastId += _random.Next(1, 500);
        var first = _random.NextInt64(previous + 1, _lastId + 1);
        _history[_lastId] = (_book.BidLevels(), _book.AskLevels());
        _ids.Add(_lastId);
        return new(nowMs, first, _lastId, previous, bids, asks);
    }

    /// <summary>A snapshot as it was some updates ago.</summary>
    public (long LastUpdateId, BookLevel[] Bids, BookLevel[] Asks) Snapshot(int updatesAgo)
    {
        var id = _ids[^Math.Min(updatesAgo + 1, _ids.Count)];
        return (id, _history[id].Bids, _history[id].Asks);
    }

    /// <summary>What is on the wrong side of the price goes; the rest changes at random.</summary>
    private BookLevel[] Changes(SortedDictionary<long, long> side, Func<long, bool> isPassed, Func<int, long> ticksAt)
    {
        var changes = side.Keys.Where(price => isPassed(price / Tick)).Select(price => new BookLevel(price, 0)).ToList();
        for (var i = _random.Next(8); i > 0; i--)
        {
            var distance = _random.Next(5) == 0 ? _random.Next(30_000) : _random.Next(40);
            var price = Math.Max(1, ticksAt(distance)) * Tick;
            var quantity = _random.Next(3) == 0 ? 0 : _random.Next(1, 1_000_000);
            if (!changes.Exists(change => change.Price == price)) changes.Add(new(price, quantity));
        }

        return [.. changes.OrderBy(change => change.Price)];
    }

    internal sealed record Update(
        long EventMs, long FirstId, long FinalId, long PreviousFinalId, BookLevel[] Bids, BookLevel[] Asks);
}
