using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Why the last bars of a symbol gave no signal: per strategy and side the nearest miss.</summary>
public sealed record WhyView(Symbol Symbol, long MarketTimeMs, RegimeView? Regime, IReadOnlyList<WhyRowView> Rows)
{
    /// <summary>What no strategy asks but a reader may want to know, such as a divergence of volume delta.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
