namespace FuturesBot.Domain.Reporting;

/// <summary>A span of time in numbers, for the daily and the weekly message. NaN and null are unavailable.</summary>
public sealed record SummaryFacts
{
    /// <summary>Start of the span, UTC Unix milliseconds.</summary>
    public required long FromMs { get; init; }

    /// <summary>Its end.</summary>
    public required long ToMs { get; init; }

    public required AccountKind Account { get; init; }

    /// <summary>Net result of the trades closed in the span, in R.</summary>
    public required double NetR { get; init; }

    /// <summary>The same in percent of the equity at its beginning; NaN when unknown.</summary>
    public double NetPercent { get; init; } = double.NaN;

    /// <summary>The same in money; null when unknown.</summary>
    public decimal? NetUsdt { get; init; }

    public required int Wins { get; init; }

    public required int BreakEvens { get; init; }

    public required int Losses { get; init; }

    /// <summary>Fees, funding and slippage, in R.</summary>
    public required double CostR { get; init; }

    /// <summary>Fees alone, in R.</summary>
    public required double FeesR { get; init; }

    public required int Open { get; init; }

    public required int Waiting { get; init; }

    /// <summary>What all present stops would cost, percent of equity; NaN when unknown.</summary>
    public double OpenRiskPercent { get; init; } = double.NaN;

    /// <summary>What they may cost at most, percent.</summary>
    public double OpenRiskMaxPercent { get; init; } = double.NaN;

    /// <summary>How far the account lies below its highest point, in R, 0 or negative; NaN when unknown.</summary>
    public double DrawdownR { get; init; } = double.NaN;

    /// <summary>The deepest it was, in R, 0 or negative.</summary>
    public double DeepestR { get; init; } = double.NaN;

    /// <summary>The last weeks; null when the past is not known.</summary>
    public TrackRecord? Record { get; init; }

    /// <summary>Result by strategy within the span, the commonest first.</summary>
    public IReadOnlyList<StrategyResult> ByStrategy { get; init; } = [];

    /// <summary>The best and the worst trade of the span; null without two trades.</summary>
    public (TradeRecord Best, TradeRecord Worst)? Extremes { get; init; }

    /// <summary>Refused in the span, the commonest first; null when not counted.</summary>
    public IReadOnlyList<RefusalCount>? Refusals { get; init; }

    /// <summary>Setups that lacked one condition; null when not counted.</summary>
    public int? NearMisses { get; init; }

    /// <summary>When counting of the two began within the span, UTC Unix milliseconds; null when they cover all of it.</summary>
    public long? CountedFromMs { get; init; }

    /// <summary>Symbols whose candles are not complete; null when it was not looked at.</summary>
    public IReadOnlyList<string>? Incomplete { get; init; }

    /// <summary>Head of the ledger at the end of the span: with it published the ledger cannot be rewritten (spec 2.20). Empty without one.</summary>
    public string LedgerHash { get; init; } = "";

    /// <summary>Number of the ledger's last line.</summary>
    public long LedgerSeq { get; init; }

    /// <summary>The newest UTC day of the ledger that is over; null before there is one.</summary>
    public DayRootFacts? LedgerRoot { get; init; }

    public int Closed => Wins + BreakEvens + Losses;
}
