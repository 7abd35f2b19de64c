using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Signals;

/// <summary>A setup that fired and passed its score: what a plan is made of. Prices in quote units.</summary>
public sealed record PlanRequest
{
    public required Symbol Symbol { get; init; }

    public required string Strategy { get; init; }

    public string Mode { get; init; } = "";

    public required Side Side { get; init; }

    public required TimeFrame Frame { get; init; }

    public required EntryCategory Category { get; init; }

    /// <summary>Close of the decision bar, UTC Unix milliseconds.</summary>
    public required long DecidedAtMs { get; init; }

    /// <summary>Close of the decision bar, quote units.</summary>
    public required double SignalPrice { get; init; }

    /// <summary>ATR of the frame at the decision.</summary>
    public required double Atr { get; init; }

    /// <summary>One-minute ATR; NaN = estimated.</summary>
    public double Atr1m { get; init; } = double.NaN;

    /// <summary>The strategy's stop level; NaN = none.</summary>
    public double Anchor { get; init; } = double.NaN;

    /// <summary>Last confirmed swing on the losing side; NaN = none.</summary>
    public double LastSwing { get; init; } = double.NaN;

    /// <summary>False for Action Price (spec 2.8b).</summary>
    public bool UseZones { get; init; } = true;

    public required SymbolRules Rules { get; init; }

    /// <summary>Equity that the size is taken from, USDT.</summary>
    public required decimal Equity { get; init; }

    public RiskOptions Risk { get; init; } = RiskOptions.Default;

    public ExitOptions Exits { get; init; } = ExitOptions.Default;

    public CostRates Costs { get; init; } = CostRates.Default;

    public FundingSchedule Funding { get; init; } = FundingSchedule.Default;

    public double Score { get; init; }

    public string DecisionHash { get; init; } = "";

    public bool Replayed { get; init; }

    public string Execution { get; init; } = TradePlan.Primary;

    public FillSource Fills { get; init; } = FillSource.Prices;
}
