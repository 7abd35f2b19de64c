using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>A book that holds what a test puts in.</summary>
internal sealed class FakeBook : IMarketBook
{
    public SortedDictionary<long, long> Bids { get; } = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));

    public SortedDictionary<long, long> Asks { get; } = [];

    /// <summary>Own quantity that is shown, by price: bids and asks.</summary>
    public Dictionary<(Side, long), long> Own { get; } = [];

    public long LastUpdateId { get; private set; }

    public long BackgroundBid => Bids.Count > 0 ? Bids.First().Key : 0;

    public long BackgroundAsk => Asks.Count > 0 ? Asks.First().Key : 0;

    public BookTicker Best => new(LastUpdateId, 0, 0, new(BackgroundBid, 0), new(BackgroundAsk, 0));

    public BookSnapshot Snapshot(int limit) => new(
        LastUpdateId, 0, 0,
        [.. Bids.Take(limit).Select(level => new DepthLevel(level.Key, level.Value))],
        [.. Asks.Take(limit).Select(level => new DepthLevel(level.Key, level.Value))]);

    public long Available(Side side, long? limitTicks) => Within(side, limitTicks).Sum(level => level.Value);

    public IReadOnlyList<DepthLevel> Take(Side side, long steps, long? limitTicks)
    {
        var taken = new List<DepthLevel>();
        foreach (var level in Within(side, limitTicks).ToArray())
        {
            if (steps == 0) break;
            var part = Math.Min(steps, level.Value);
            taken.Add(new(level.Key, part));
            steps -= part;
            var levels = side == Side.Long ? Asks : Bids;
            if (part == level.Value) levels.Remove(level.Key);
            else levels[level.Key] = level.Value - part;
        }

        LastUpdateId++;
        return taken;
    }

    public void AddOwn(Side side, long ticks, long steps) =>
        Own[(side, ticks)] = Own.GetValueOrDefault((side, ticks)) + steps;

    public void RemoveOwn(Side side, long ticks, long steps)
    {
        var left = Own.GetValueOrDefault((side, ticks)) - steps;
        if (left < 0) throw new InvalidOperationException($"{-left} steps too many were removed at {ticks}");
        if (left == 0) Own.Remove((side, ticks));
        else Own[(side, ticks)] = left;
    }

    private IEnumerable<KeyValuePair<long, long>> Within(Side side, long? limitTicks) => side == Side.Long
        ? Asks.TakeWhile(level => limitTicks is null || level.Key <= limitTicks)
        : Bids.TakeWhile(level => limitTicks is null || level.Key >= limitTicks);
}
