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

    /// <summary>The same thresholds with only the named strategies switched on.</summary>
    public StrategiesOptions Only(IReadOnlyCollection<string> names) => this with
    {
        LiquiditySweep = LiquiditySweep with { Enabled = names.Contains(nameof(LiquiditySweep)) },
        BreakAndRetest = BreakAndRetest with { Enabled = names.Contains(nameof(BreakAndRetest)) },
        OrderFlow = OrderFlow with { Enabled = names.Contains(nameof(OrderFlow)) },
        MaVwapPullback = MaVwapPullback with { Enabled = names.Contains(nameof(MaVwapPullback)) },
        VolumeProfile = VolumeProfile with { Enabled = names.Contains(nameof(VolumeProfile)) },
        ActionPrice = ActionPrice with { Enabled = names.Contains(nameof(ActionPrice)) },
        IndicatorVote = IndicatorVote with { Enabled = names.Contains(nameof(IndicatorVote)) },
    };
}
