using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Risk;

/// <summary>What trading costs: fees and expected slippage (spec 2.16).</summary>
public sealed record CostRates
{
    /// <summary>Fees and slippage on.</summary>
    public static CostRates Default { get; } = new();

    /// <summary>No fee and no slippage; for comparisons only.</summary>
    public static CostRates None { get; } = new() { Enabled = false };

    /// <summary>False: trading costs nothing. Reports say so.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Fee of a resting order, fraction of notional; negative is a rebate.</summary>
    [Range(-0.001, 0.01)] public decimal Maker { get; init; } = 0.0002m;

    /// <summary>Fee of an order that takes, fraction of notional.</summary>
    [Range(0, 0.01)] public decimal Taker { get; init; } = 0.0005m;

    /// <summary>Slippage is at least this many ticks.</summary>
    [Range(0, 100)] public decimal SlippageTicks { get; init; } = 1m;

    /// <summary>Slippage is at least this fraction of the price (0.0001 = 1 bp).</summary>
    [Range(0, 0.01)] public decimal SlippageFraction { get; init; } = 0.0001m;

    /// <summary>Slippage is at least this many one-minute ATRs.</summary>
    [Range(0, 5)] public double SlippageAtr1m { get; init; } = 0.05;

    /// <summary>A stop slips this many times as far: it fires when the market runs.</summary>
    [Range(1, 20)] public decimal StopSlippageFactor { get; init; } = 2m;
}
