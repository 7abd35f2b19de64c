using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator;

/// <summary>A market and its archive.</summary>
internal sealed record MarketSource(IMarket Market, Func<ArchiveKey, ArchiveFile?> Archive);
