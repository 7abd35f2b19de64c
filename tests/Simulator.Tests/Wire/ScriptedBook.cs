using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Tests.Wire;

/// <summary>A book with the levels that a test gave it.</summary>
internal sealed class ScriptedBook : IMarketBook
{
    public long LastUpdateId { get; set; } = 500;

    public IReadOnlyList<DepthLevel> Bids { get; set; } = [new(1_000_000, 1_500), new(999_999, 250)];

    public IReadOnlyList<DepthLevel> Asks { get; set; } = [new(1_000_001, 900), new(1_000_005, 12)];

    public BookTicker Best => new(LastUpdateId, ScriptedMarket.StartMs, ScriptedMarket.StartMs, Bids[0], Asks[0]);

    public long BackgroundBid => Bids[0].Ticks;

    public long BackgroundAsk => Asks[0].Ticks;

    public BookSnapshot Snapshot(int limit) => new(
        LastUpdateId, ScriptedMarket.StartMs, ScriptedMarket.StartMs, [.. Bids.Take(limit)], [.. Asks.Take(limit)]);

    public long Available(Side side, long? limitTicks) => throw new NotSupportedException();

    public IReadOnlyList<DepthLevel> Take(Side side, long steps, long? limitTicks) => throw new NotSupportedException();

    public void AddOwn(Side side, long ticks, long steps) => throw new NotSupportedException();

    public void RemoveOwn(Side side, long ticks, long steps) => throw new NotSupportedException();
}
