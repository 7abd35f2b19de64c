using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat;

/// <summary>What a summary is reckoned from.</summary>
public sealed record SummaryInputs
{
    public required AccountKind Account { get; init; }

    /// <summary>Closed trades of the last weeks, those of the span among them.</summary>
    public required IReadOnlyList<TradeRecord> Trades { get; init; }

    /// <summary>States of the signals that live.</summary>
    public required IReadOnlyList<SignalState> Live { get; init; }

    /// <summary>USDT now; 0 or less when unknown.</summary>
    public decimal Equity { get; init; }

    /// <summary>Result of the span in money; null when unknown.</summary>
    public decimal? NetUsdt { get; init; }

    /// <summary>Open risk, percent of equity; NaN when unknown.</summary>
    public double OpenRiskPercent { get; init; } = double.NaN;

    public double OpenRiskMaxPercent { get; init; } = double.NaN;

    /// <summary>Refusals of the span; null when they were not counted.</summary>
    public IReadOnlyList<RefusalCount>? Refusals { get; init; }

    public int? NearMisses { get; init; }

    /// <summary>Where counting began within the span; null when it covers all of it.</summary>
    public long? CountedFromMs { get; init; }

    /// <summary>Symbols with incomplete candles; null when it was not looked at.</summary>
    public IReadOnlyList<string>? Incomplete { get; init; }

    /// <summary>How the ledger stood at the end of the span; null without one.</summary>
    public LedgerStanding? Ledger { get; init; }

    /// <summary>How many days the statistics look back.</summary>
    public int RecordDays { get; init; } = 90;
}
