using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// A book around a price that is given: at least a thousand levels a side, denser and larger near the best, updates that mostly
/// touch the best levels, now and then the removal of a level that was not there, and ids that jump.
/// </summary>
internal sealed class GeneratedBook : IMarketBook
{
    private const int LevelsMin = 1_050;
    private const int LevelsMax = 1_600;
    private const int LevelsAdded = 150;
    private const int SnapshotMax = 1_000;

    // The thousand levels of a side reach about this share of the price, unless the tick is coarser.
    private const double Reach = 0.02;

    private readonly BookSide _bids = new(1, 2_048);
    private readonly BookSide _asks = new(-1, 2_048);
    private readonly BookSide _ownBids = new(1, 8);
    private readonly BookSide _ownAsks = new(-1, 8);
    private readonly List<long> _changedBids = [];
    private readonly List<long> _changedAsks = [];
    private DepthLevel[] _deltaBids = new DepthLevel[64];
    private DepthLevel[] _deltaAsks = new DepthLevel[64];
    private Xoshiro256 _random;
    private BookTicker _told;
    private double _pace;
    private double _price;
    private long _firstId;
    private long _previousId;
    private long _nowMs;

    /// <param name="seed">The market's.</param>
    /// <param name="symbol">Place of the symbol.</param>
    /// <param name="timeMs">Market time: ids grow with it, so that a book that was rebuilt goes on above its old ones.</param>
    public GeneratedBook(long seed, int symbol, long timeMs)
    {
        _random = Xoshiro256.Of(unchecked(seed ^ (timeMs * 0x1000_0001L)), symbol);
        LastUpdateId = (timeMs * 2) + symbol;
        _previousId = LastUpdateId;
        _nowMs = timeMs;
    }

    public long LastUpdateId { get; private set; }

    public long BackgroundBid => _bids.Count > 0 ? _bids.TicksOf(_bids.BestKey) : 0;

    public long BackgroundAsk => _asks.Count > 0 ? _asks.TicksOf(_asks.BestKey) : 0;

    public BookTicker Best => new(LastUpdateId, _nowMs, _nowMs, BestOf(_bids, _ownBids), BestOf(_asks, _ownAsks));

    public BookSnapshot Snapshot(int limit)
    {
        var levels = Math.Clamp(limit, 1, SnapshotMax);
        return new(LastUpdateId, _nowMs, _nowMs, Top(_bids, _ownBids, levels), Top(_asks, _ownAsks, levels));
    }

    public long Available(Side side, long? limitTicks)
    {
        var (book, limit) = (Facing(side), LimitKey(side, limitTicks));
        var sum = 0L;
        for (var i = 0; i < book.Count && book.KeyAt(i) >= limit; i++) sum += book[i].Steps;
        return sum;
    }

    public IReadOnlyList<DepthLevel> Take(Side side, long steps, long? limitTicks)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        var (book, limit) = (Facing(side), LimitKey(side, limitTicks));
        var (bid, ask) = (BackgroundBid, BackgroundAsk);
        var fills = new List<DepthLevel>();
        while (steps > 0 && book.Count > 0 && book.BestKey >= limit)
        {
            var best = book[0];
            var taken = Math.Min(steps, best.Steps);
            fills.Add(best with { Steps = taken });
            Change(book, book.BestKey, best.Steps - taken);
            steps -= taken;
        }

        ShowOwn(bid, ask);
        return fills;
    }

    public void AddOwn(Side side, long ticks, long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ticks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        var own = side == Side.Long ? _ownBids : _ownAsks;
        var key = own.KeyOf(ticks);
        own.Set(key, own.StepsAt(key) + steps);
        Mark(own == _ownBids ? _changedBids : _changedAsks, key);
    }

    public void RemoveOwn(Side side, long ticks, long steps)
    {
        var own = side == Side.Long ? _ownBids : _ownAsks;
        var key = own.KeyOf(ticks);
        var left = own.StepsAt(key) - steps;
        if (steps <= 0 || left < 0)
            throw new InvalidOperationException($"{steps} own steps were to be removed at {ticks}, where {own.StepsAt(key)} are");
        own.Set(key, left);
        Mark(own == _ownBids ? _changedBids : _changedAsks, key);
    }

    /// <summary>True while an own order rests here: quotes matter then.</summary>
    public bool HasOwn => _ownBids.Count + _ownAsks.Count > 0;

    /// <summary>Market time of the last move.</summary>
    public long NowMs => _nowMs;

    /// <summary>Brings the background to these best prices.</summary>
    /// <param name="bid">Ticks, at least 1 and below the ask.</param>
    /// <param name="ask">Ticks.</param>
    /// <param name="pace">Steps traded in an ordinary minute.</param>
    /// <param name="timeMs">Market time.</param>
    public void MoveTo(long bid, long ask, double pace, long timeMs)
    {
        var (oldBid, oldAsk) = (BackgroundBid, BackgroundAsk);
        var passed = timeMs - _nowMs;
        (_pace, _price) = (pace, bid);
        _nowMs = timeMs;
        Requote(_bids, _bids.KeyOf(bid));
        Requote(_asks, _asks.KeyOf(ask));
        if (oldBid != 0) Tremble(passed);
        ShowOwn(oldBid, oldAsk);
    }

    /// <summary>Ends the present delta; true when there was a change. What the listener does not want is gone.</summary>
    public bool Flush(int symbol, long timeMs, bool isWanted, IMarketListener into)
    {
        if (_firstId == 0) return false;
        if (isWanted)
        {
            var bids = Collect(_bids, _ownBids, _changedBids, ref _deltaBids);
            var asks = Collect(_asks, _ownAsks, _changedAsks, ref _deltaAsks);
            into.OnDepth(symbol, new(timeMs, timeMs - (LastUpdateId & 3), _firstId, LastUpdateId, _previousId, bids, asks));
        }

        _changedBids.Clear();
        _changedAsks.Clear();
        (_previousId, _firstId) = (LastUpdateId, 0);
        return true;
    }

    /// <summary>What happens between two deltas, far from the best levels: a snapshot taken now lies within the next delta.</summary>
    public void Stir()
    {
        for (var i = 0; i < 3; i++) ChangeOne(_random.Chance(0.5) ? _bids : _asks, nearest: 12, spread: 150);
    }

    /// <summary>The best levels, when they are not what was told last.</summary>
    public bool TryTicker(out BookTicker ticker)
    {
        ticker = Best;
        if (ticker.Bid == _told.Bid && ticker.Ask == _told.Ask) return false;
        _told = ticker;
        return true;
    }

    private BookSide Facing(Side side) => side == Side.Long ? _asks : _bids;

    private static long LimitKey(Side side, long? limitTicks) =>
        limitTicks is not { } ticks ? long.MinValue + 1 : side == Side.Long ? -ticks : ticks;

    // The distance between levels grows with the distance from the best, so that a thousand of them reach as far as they should.
    private static double ExtraGap(long distance, long key)
    {
        var span = Math.Max(1_000, Reach * Math.Abs(key));
        return 3 * ((span / 1_000) - 1) * Math.Min(1, distance / span);
    }

    private long NextGap(long distance, long key) => 1 + (long)(ExtraGap(distance, key) * _random.Exponential());

    // Some fifteen ordinary minutes of trade lie within the reach; where the tick is coarse, on fewer levels.
    private long Draw(long distance)
    {
        var share = 9 / Math.Clamp(Reach * _price, 50, 1_000);
        if (distance == 0) share = Math.Max(0.06, 1.3 * share);
        return 1 + (long)(_pace * share * (0.15 + _random.Exponential()));
    }

    private void Requote(BookSide side, long best)
    {
        while (side.BestKey > best) Change(side, side.BestKey, 0);
        var old = side.BestKey;
        if (old < best)
        {
            for (long away = 0; best - away > old && away < 50 * LevelsMax && side.TicksOf(best - away) > 0; away += NextGap(away, best))
            {
                if (side.Count == 0 && away > 0) break;
                Change(side, best - away, Draw(away));
                if (old == long.MinValue) break;
            }
        }

        if (old != long.MinValue && old < best) Thin(side, Math.Min(best - old, 100));
        if (side.Count > LevelsMax) Thin(side, LevelsMax);
        if (side.Count > LevelsMax - LevelsAdded) DropWorst(side);
        while (side.Count < LevelsMin && AddWorst(side))
        {
        }
    }

    // What was near the best is denser than what lies further away should be: orders left behind are cancelled.
    private void Thin(BookSide side, long attempts)
    {
        for (var i = 0; i < attempts && side.Count > 20; i++)
        {
            var place = 5 + (int)((side.Count - 5) * _random.Uniform());
            var key = side.KeyAt(place);
            var wanted = 1 + ExtraGap(side.BestKey - key, side.BestKey);
            if (side.KeyAt(place - 1) - key < wanted * _random.Uniform()) Change(side, key, 0);
        }
    }

    private void DropWorst(BookSide side)
    {
        var dropped = side.Count - LevelsMin - LevelsAdded;
        for (var i = 0; i < dropped; i++) Mark(ChangedOf(side), side.KeyAt(side.Count - 1 - i));
        side.DropWorst(dropped);
    }

    // False when there is no room: bids end at one tick.
    private bool AddWorst(BookSide side)
    {
        Span<DepthLevel> added = stackalloc DepthLevel[LevelsAdded];
        var (count, key, best) = (0, side.WorstKey, side.BestKey);
        while (count < added.Length)
        {
            key -= NextGap(best - key, best);
            if (side.TicksOf(key) <= 0) break;
            added[count++] = new(key, Draw(best - key));
            Mark(ChangedOf(side), key);
        }

        side.AddWorst(added[..count]);
        return count == added.Length;
    }

    // Orders come and go: more of them when more time has passed, most of them near the best.
    private void Tremble(long passedMs)
    {
        var changes = Math.Min(48, (int)(4 + (Math.Sqrt(Math.Max(passedMs, 100) / 100.0) * 4 * _random.Exponential())));
        for (var i = 0; i < changes; i++) ChangeOne(_random.Chance(0.5) ? _bids : _asks, nearest: 0, spread: 14);
        if (!_random.Chance(0.05)) return;

        // A removal of a level that is not there, as the exchange sends them.
        var side = _random.Chance(0.5) ? _bids : _asks;
        var key = side.WorstKey - 1 - (long)(40 * _random.Uniform());
        if (side.TicksOf(key) > 0) Mark(ChangedOf(side), key);
    }

    private void ChangeOne(BookSide side, int nearest, double spread)
    {
        var place = nearest + (int)(spread * _random.Exponential());
        if (place >= side.Count) return;
        var (key, draw) = (side.KeyAt(place), _random.Uniform());
        if (draw < 0.72 || place == 0) Change(side, key, Draw(side.BestKey - key));
        else if (draw < 0.86 && side.Count > LevelsMin) Change(side, key, 0);
        else if (side.TicksOf(key - 1) > 0) Change(side, key - 1, Draw(side.BestKey - key + 1));
    }

    private List<long> ChangedOf(BookSide side) => side == _bids ? _changedBids : _changedAsks;

    private void Change(BookSide side, long key, long steps)
    {
        side.Set(key, steps);
        Mark(ChangedOf(side), key);
    }

    private void Mark(List<long> changed, long key)
    {
        changed.Add(key);
        var jump = (long)(_random.Next() >> 59);
        LastUpdateId += 1 + jump;
        if (_firstId == 0) _firstId = LastUpdateId;
    }

    // Own orders that the background begins or ceases to cross disappear or appear.
    private void ShowOwn(long oldBid, long oldAsk)
    {
        var (bid, ask) = (BackgroundBid, BackgroundAsk);
        for (var i = 0; ask != oldAsk && i < _ownBids.Count; i++)
        {
            var ticks = _ownBids[i].Ticks;
            if (IsHidden(ticks, oldAsk, 1) != IsHidden(ticks, ask, 1)) Mark(_changedBids, _ownBids.KeyAt(i));
        }

        for (var i = 0; bid != oldBid && i < _ownAsks.Count; i++)
        {
            var ticks = _ownAsks[i].Ticks;
            if (IsHidden(ticks, oldBid, -1) != IsHidden(ticks, bid, -1)) Mark(_changedAsks, _ownAsks.KeyAt(i));
        }
    }

    private static bool IsHidden(long ticks, long opposite, int sign) => opposite != 0 && ticks * sign >= opposite * sign;

    private bool IsShown(BookSide own, long ticks) =>
        own == _ownBids ? !IsHidden(ticks, BackgroundAsk, 1) : !IsHidden(ticks, BackgroundBid, -1);

    private long Shown(BookSide side, BookSide own, long key)
    {
        var mine = own.Count == 0 ? 0 : own.StepsAt(key);
        return side.StepsAt(key) + (mine > 0 && IsShown(own, own.TicksOf(key)) ? mine : 0);
    }

    private DepthLevel BestOf(BookSide side, BookSide own)
    {
        var key = side.BestKey;
        for (var i = 0; i < own.Count; i++)
        {
            if (!IsShown(own, own[i].Ticks)) continue;
            key = Math.Max(key, own.KeyAt(i));
            break;
        }

        return key == long.MinValue ? default : new(side.TicksOf(key), Shown(side, own, key));
    }

    private DepthLevel[] Top(BookSide side, BookSide own, int levels)
    {
        var top = new List<DepthLevel>(levels);
        for (var (i, mine) = (0, 0); top.Count < levels && (i < side.Count || mine < own.Count);)
        {
            var key = i < side.Count ? side.KeyAt(i) : long.MinValue;
            var ownKey = mine < own.Count ? own.KeyAt(mine) : long.MinValue;
            if (key >= ownKey) i++;
            if (ownKey >= key) mine++;
            var at = Math.Max(key, ownKey);
            var steps = Shown(side, own, at);
            if (steps > 0) top.Add(new(side.TicksOf(at), steps));
        }

        return [.. top];
    }

    private ReadOnlySpan<DepthLevel> Collect(BookSide side, BookSide own, List<long> changed, ref DepthLevel[] into)
    {
        changed.Sort();
        if (into.Length < changed.Count) Array.Resize(ref into, changed.Count * 2);
        var count = 0;
        for (var i = changed.Count - 1; i >= 0; i--)
        {
            var key = changed[i];
            if (i < changed.Count - 1 && changed[i + 1] == key) continue;
            into[count++] = new(side.TicksOf(key), Shown(side, own, key));
        }

        return into.AsSpan(0, count);
    }
}
