using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>Everything <c>report.html</c> shows.</summary>
public sealed record BacktestReportModel
{
    public required Summary Summary { get; init; }

    /// <summary>
    /// All closed trades, the shadowed ones included: the list shows both, the figures only primary ones.
    /// </summary>
    public required IReadOnlyList<TradeRecord> Trades { get; init; }

    public required ReportAssumptions Assumptions { get; init; }

    public required IReadOnlyList<SymbolData> Symbols { get; init; }

    /// <summary>
    /// Candles for the trades of <see cref="TradeChart.Chosen"/>; more than its maximum are not written.
    /// </summary>
    public IReadOnlyList<TradeChart> Charts { get; init; } = [];

    /// <summary>The cost gate per strategy and symbol; empty when it was off.</summary>
    public IReadOnlyList<CostGate> CostGates { get; init; } = [];
}
