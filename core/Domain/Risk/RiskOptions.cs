using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Risk;

/// <summary>How much may be lost, and which setups are too bad to try (spec 2.10, 2.11, 2.13).</summary>
public sealed record RiskOptions
{
    /// <summary>Profile <c>default</c>.</summary>
    public static RiskOptions Default { get; } = new();

    /// <summary>
    /// Profile <c>seed</c>: the earlier bot had no cost gate, no cap of the risk that is open and no pause
    /// after losses; its stop guard was written but never called, and stops were not moved off round numbers.
    /// </summary>
    public static RiskOptions Seed { get; } = new()
    {
        StopMinAtr = 0,
        RoundNumberShiftTicks = 0,
        CostMaxR = 1000m,
        StopMaxAtr = 1000,
        OpenRiskMax = 1m,
        LosingStreakMax = 1000,
    };

    /// <summary>Balance that paper trading and the backtest start with, USDT.</summary>
    [Range(10, 1e9)] public decimal StartingBalance { get; init; } = 10_000m;

    /// <summary>Loss at the stop, fraction of equity.</summary>
    [Range(0.0001, 0.1)] public decimal RiskPerTrade { get; init; } = 0.01m;

    /// <summary>Notional of one position, multiple of equity.</summary>
    [Range(0.01, 125)] public decimal NotionalMaxShare { get; init; } = 3m;

    /// <summary>
    /// Leverage of the account; caps the notional of one position too, and sets where it is liquidated.
    /// </summary>
    [Range(1, 125)] public decimal LeverageMax { get; init; } = 3m;

    /// <summary>Stop further than this, ATR, is refused.</summary>
    [Range(0.5, 1000)] public double StopMaxAtr { get; init; } = 3;

    /// <summary>Stop nearer than this, ATR, is widened to it.</summary>
    [Range(0, 3)] public double StopMinAtr { get; init; } = 0.3;

    /// <summary>Stop distance without zone, swing or anchor, ATR.</summary>
    [Range(0.5, 5)] public double StopFallbackAtr { get; init; } = 2;

    /// <summary>Gap between a zone's edge (or a swing) and the stop behind it, ATR.</summary>
    [Range(0, 1)] public double StopBufferAtr { get; init; } = 0.1;

    /// <summary>How far beyond the anchor a zone may lie to carry the stop, ATR.</summary>
    [Range(0, 3)] public double ZoneReachAtr { get; init; } = 1;

    /// <summary>Stop further than this fraction of the entry is refused.</summary>
    [Range(0.01, 0.5)] public double StopMaxFraction { get; init; } = 0.15;

    /// <summary>A stop on a multiple of this many ticks is a round number and is moved.</summary>
    [Range(1, 10000)] public int RoundNumberTicks { get; init; } = 100;

    /// <summary>How many ticks outward it is moved.</summary>
    [Range(0, 100)] public int RoundNumberShiftTicks { get; init; } = 2;

    /// <summary>Expected cost of the round trip above this, R, is refused.</summary>
    [Range(0.01, 1000)] public decimal CostMaxR { get; init; } = 0.20m;

    /// <summary>Spread up to this fraction of the price passes.</summary>
    [Range(0, 0.1)] public decimal SpreadMaxFraction { get; init; } = 0.0005m;

    /// <summary>Spread up to this share of R passes too.</summary>
    [Range(0, 1)] public decimal SpreadMaxR { get; init; } = 0.10m;

    /// <summary>Distance of liquidation beyond the stop, ATR.</summary>
    [Range(0, 10)] public double LiquidationMinAtr { get; init; } = 2;

    /// <summary>Funding until the time stop above this, R, is refused; 0 switches the guard off.</summary>
    [Range(0, 5)] public decimal FundingMaxR { get; init; }

    /// <summary>Positions open at once.</summary>
    [Range(1, 500)] public int PositionsMax { get; init; } = 10;

    /// <summary>Positions of one correlated cluster.</summary>
    [Range(1, 100)] public int ClusterMax { get; init; } = 3;

    /// <summary>Risk of all open positions, fraction of equity.</summary>
    [Range(0.001, 1)] public decimal OpenRiskMax { get; init; } = 0.03m;

    /// <summary>Loss of the UTC day, fraction of equity, that stops entries.</summary>
    [Range(0.001, 1)] public decimal DailyLossMax { get; init; } = 0.03m;

    /// <summary>Loss of the week, fraction of equity, that stops entries.</summary>
    [Range(0.001, 1)] public decimal WeeklyLossMax { get; init; } = 0.05m;

    /// <summary>Losing trades in a row that pause entries.</summary>
    [Range(1, 1000)] public int LosingStreakMax { get; init; } = 4;

    /// <summary>Length of that pause, hours.</summary>
    [Range(1, 1000)] public int LosingStreakPauseHours { get; init; } = 4;

    /// <summary>Draw-down from the peak, fraction of equity, that halts until re-armed by hand.</summary>
    [Range(0.01, 1)] public decimal DrawdownMax { get; init; } = 0.10m;

    /// <summary>Distance of a mean-reversion limit from the signal price, ATR.</summary>
    [Range(0, 2)] public double MeanReversionOffsetAtr { get; init; } = 0.15;

    /// <summary>Life of a pullback limit, strategy bars.</summary>
    [Range(1, 100)] public int PullbackExpiryBars { get; init; } = 6;

    /// <summary>Life of a mean-reversion limit, strategy bars.</summary>
    [Range(1, 100)] public int MeanReversionExpiryBars { get; init; } = 4;
}
