using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator;

/// <summary>A market and its archive.</summary>
internal sealed record MarketSource(IMarket Market)
{
    public VisionArchive Archive { get; } = new(Market);
}
