namespace FuturesBot.Domain.Strategies;

/// <summary>Which strategies run, and the thresholds of each.</summary>
public sealed record StrategiesOptions
{
    public Switched<LiquiditySweepOptions> LiquiditySweep { get; init; } = new(Enabled: true, new());

    public Switched<BreakAndRetestOptions> BreakAndRetest { get; init; } = new(Enabled: true, new());

    public Switched<OrderFlowOptions> OrderFlow { get; init; } = new(Enabled: true, OrderFlowOptions.Default);

    public Switched<MaVwapPullbackOptions> MaVwapPullback { get; init; } = new(Enabled: true, MaVwapPullbackOptions.Default);

    public Switched<VolumeProfileOptions> VolumeProfile { get; init; } = new(Enabled: true, new());

    public Switched<ActionPriceOptions> ActionPrice { get; init; } = new(Enabled: true, new());

    public Switched<IndicatorVoteOptions> IndicatorVote { get; init; } = new(Enabled: false, new());

    public static StrategiesOptions Default { get; } = new();

    /// <summary>The earlier bots' thresholds, without their faults.</summary>
    public static StrategiesOptions Seed { get; } = new()
    {
        OrderFlow = new(Enabled: true, OrderFlowOptions.Seed),
        MaVwapPullback = new(Enabled: true, MaVwapPullbackOptions.Seed),
    };
}
