using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>The market and the options that the kernel's properties are proven on.</summary>
internal static class KernelMarket
{
    public const long Seed = 20_250_602;

    private static readonly Lazy<GeneratedFeed> Made = new(() => new(Seed, days: 60, symbols: 3));

    public static GeneratedFeed Feed => Made.Value;

    /// <summary>
    /// All seven strategies, with thresholds low enough that each of them fires and trades within two
    /// months: a property of a strategy that never fires would prove nothing.
    /// </summary>
    public static KernelOptions Options { get; } = KernelOptions.Default with
    {
        Analysis = new() { Regime = RegimeOptions.Default with { AdxEnter = 12, AdxLeave = 10, HoldBars = 1 } },
        Strategies = StrategiesOptions.Default with
        {
            IndicatorVote = new(Enabled: true, new()),
            MaVwapPullback = new(Enabled: true, MaVwapPullbackOptions.Default with
            {
                AdxMin = 10,
                RetraceMin = 0.1,
                RetraceMax = 1,
                ZoneAtr = 2,
                Volume = 0.4,
            }),
            OrderFlow = new(Enabled: true, OrderFlowOptions.Default with { Volume = 1, LevelAtr = 1 }),
        },
        Scoring = KernelOptions.Default.Scoring with { EntryThreshold = 2 },
        Risk = KernelOptions.Default.Risk with { CostMaxR = 1, OpenRiskMax = 0.2m },
    };

    public static (Transcript Transcript, KernelRun Run) Run(
        long untilMs = long.MaxValue, bool withMinutes = false, KernelOptions? options = null)
    {
        var transcript = new Transcript();
        var run = new KernelRun(options ?? Options, Feed.Listings, transcript);
        run.FeedAll(Feed.Batches(untilMs, withMinutes));
        return (transcript, run);
    }
}
