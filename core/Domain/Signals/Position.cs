using System.Text.Json.Serialization;

namespace FuturesBot.Domain.Signals;

/// <summary>A filled signal while it lives. Prices in quote units, times UTC Unix milliseconds.</summary>
public sealed record Position
{
    /// <summary>Mean fill, slippage included.</summary>
    public required decimal Entry { get; init; }

    /// <summary>Open of the bar that filled it; the exchange's time for real fills.</summary>
    public required long EnteredAtMs { get; init; }

    /// <summary>How much worse than the market's price the fill was, ≥ 0.</summary>
    public decimal EntrySlippage { get; init; }

    /// <summary>Entry fee, fraction of notional.</summary>
    public decimal EntryFeeRate { get; init; }

    /// <summary>The plan's stop; R₀ is measured to it and never changes.</summary>
    public required decimal InitialStop { get; init; }

    /// <summary>The stop in force from the next interval on.</summary>
    public required decimal Stop { get; init; }

    public StopKind StopKind { get; init; }

    /// <summary>First target, from the fill and R₀.</summary>
    public required decimal Target1 { get; init; }

    /// <summary>Second target, from the fill and R₀; null when everything closes at the first.</summary>
    public decimal? Target2 { get; init; }

    /// <summary>Filled size, base units.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Share still open, 1 … 0.</summary>
    public decimal Remaining { get; init; } = 1m;

    public ValueList<ExitFill> Exits { get; init; } = [];

    /// <summary>Funding so far per unit of the filled size, quote units; positive was paid.</summary>
    public decimal FundingPaid { get; init; }

    /// <summary>True when a settlement used the schedule's assumed rate.</summary>
    public bool FundingAssumed { get; init; }

    /// <summary>The exchange was asked to close the rest, and why; null = it was not.</summary>
    public CloseReason? ExitWanted { get; init; }

    /// <summary>Best price so far.</summary>
    public required double Favourable { get; init; }

    /// <summary>Close of the interval that made it.</summary>
    public required long FavourableAtMs { get; init; }

    /// <summary>Worst price so far.</summary>
    public required double Adverse { get; init; }

    /// <summary>Close of the interval that made it.</summary>
    public required long AdverseAtMs { get; init; }

    /// <summary>When the first target filled; null before.</summary>
    public long? Target1AtMs { get; init; }

    /// <summary>When the second target filled; null before.</summary>
    public long? Target2AtMs { get; init; }

    /// <summary>Best price since the second target; NaN before.</summary>
    public double TrailExtreme { get; init; } = double.NaN;

    /// <summary>R₀ = |fill − initial stop|, quote units.</summary>
    [JsonIgnore]
    public decimal Risk => Math.Abs(Entry - InitialStop);
}
