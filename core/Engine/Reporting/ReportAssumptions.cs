namespace FuturesBot.Engine.Reporting;

/// <summary>
/// What a backtest took for granted, in words and numbers. None can be left out of the report.
/// </summary>
public sealed record ReportAssumptions
{
    /// <summary>Such as <c>0.020 % maker, 0.050 % taker</c>.</summary>
    public required string Fees { get; init; }

    public required string Slippage { get; init; }

    public required string Funding { get; init; }

    /// <summary>What is assumed when stop and target lie in one bar.</summary>
    public required string Intrabar { get; init; }

    /// <summary>When and at which price a signal is entered.</summary>
    public required string Entry { get; init; }

    /// <summary>Which candles follow an open trade: 1m where recorded, or the strategy's own.</summary>
    public required string Tracking { get; init; }

    /// <summary>Which symbols were taken, and what that leaves out (survivorship).</summary>
    public required string Universe { get; init; }

    /// <summary>Starting balance, risk per trade and how sizes are rounded.</summary>
    public required string Sizing { get; init; }

    /// <summary>Inputs the data does not have, each with what follows from it.</summary>
    public IReadOnlyList<UnavailableInput> Unavailable { get; init; } = [];
}
