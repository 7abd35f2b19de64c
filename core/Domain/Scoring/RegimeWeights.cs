using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Scoring;

/// <summary>How much a strategy's base counts in a regime (spec 1.6 "HEAD extra", 2.9).</summary>
public static class RegimeWeights
{
    private const double ChopOfTrendSetups = 0.8;

    public static double Of(MarketRegime regime, string strategy, EntryCategory category) => (regime, strategy) switch
    {
        (MarketRegime.Trend, "BreakAndRetest") => 1.5,
        (MarketRegime.Trend, "MaVwapPullback") => 1.3,
        (MarketRegime.Trend, "OrderFlow") => 1.0,
        (MarketRegime.Trend, "LiquiditySweep") => 0.9,
        (MarketRegime.Trend, "VolumeProfile") => 0.8,
        (MarketRegime.Range, "VolumeProfile") => 1.5,
        (MarketRegime.Range, "LiquiditySweep") => 1.3,
        (MarketRegime.Range, "MaVwapPullback") => 0.9,
        (MarketRegime.Range, "BreakAndRetest") => 0.8,
        (MarketRegime.Squeeze, "OrderFlow") => 1.5,
        (MarketRegime.Squeeze, "BreakAndRetest") => 1.2,
        (MarketRegime.Chop, _) when category is EntryCategory.Breakout or EntryCategory.Pullback => ChopOfTrendSetups,
        _ => 1.0,
    };
}
