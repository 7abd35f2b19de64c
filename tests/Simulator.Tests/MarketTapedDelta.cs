using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Tests;

/// <summary>A depth delta that outlives its call.</summary>
internal sealed class MarketTapedDelta(in DepthDelta delta)
{
    public long EventMs { get; } = delta.EventMs;

    public long TransactionMs { get; } = delta.TransactionMs;

    public long FirstId { get; } = delta.FirstId;

    public long LastId { get; } = delta.LastId;

    public long PreviousLastId { get; } = delta.PreviousLastId;

    public DepthLevel[] Bids { get; } = delta.Bids.ToArray();

    public DepthLevel[] Asks { get; } = delta.Asks.ToArray();
}
