using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat;

/// <summary>Reckons a day or a week. Pure: the same inputs give the same message.</summary>
public static class SummaryMaker
{
    private const long DayMs = 86_400_000;

    public static SummaryFacts Of(SummaryDue due, SummaryInputs inputs)
    {
        TradeRecord[] all = [.. inputs.Trades.Where(trade => trade.IsPrimary && trade.ClosedAtMs <= due.AtMs).OrderBy(trade => trade.ClosedAtMs)];
        var span = Array.FindAll(all, trade => trade.ClosedAtMs > due.FromMs);
        var past = PerformancePanel.Of(
            Array.FindAll(all, trade => trade.ClosedAtMs > due.AtMs - (inputs.RecordDays * DayMs)),
            new PanelOptions(due.AtMs - (inputs.RecordDays * DayMs), due.AtMs));
        var before = inputs.Equity - (inputs.NetUsdt ?? 0m);
        var worst = span.MinBy(trade => trade.PnlRNet);
        var best = span.MaxBy(trade => trade.PnlRNet);
        var live = inputs.Live.Where(state => state.Plan.Execution == TradePlan.Primary).ToArray();
        return new()
        {
            FromMs = due.FromMs,
            ToMs = due.AtMs,
            Account = inputs.Account,
            NetR = (double)span.Sum(trade => trade.PnlRNet),
            NetUsdt = inputs.NetUsdt,
            NetPercent = inputs.NetUsdt is { } net && before > 0 ? (double)(net / before * 100) : double.NaN,
            Wins = span.Count(trade => trade.Outcome == TradeOutcome.Win),
            BreakEvens = span.Count(trade => trade.Outcome == TradeOutcome.BreakEven),
            Losses = span.Count(trade => trade.Outcome == TradeOutcome.Loss),
            CostR = (double)span.Sum(trade => trade.Fees + trade.Funding + trade.Slippage),
            FeesR = (double)span.Sum(trade => trade.Fees),
            Open = live.Count(state => state.Live is not null),
            Waiting = live.Count(state => state is SignalState.Created or SignalState.PendingEntry),
            OpenRiskPercent = inputs.OpenRiskPercent,
            OpenRiskMaxPercent = inputs.OpenRiskMaxPercent,
            DrawdownR = past.Equity.Count > 0 ? past.Equity[^1].DrawdownR : double.NaN,
            DeepestR = past.Equity.Count > 0 ? past.Drawdown.DepthR : double.NaN,
            Record = new(inputs.RecordDays, past.Overall),
            ByStrategy = [.. span.GroupBy(trade => trade.Strategy, StringComparer.Ordinal)
                .Select(group => new StrategyResult(group.Key, group.Count(), (double)group.Sum(trade => trade.PnlRNet)))
                .OrderByDescending(one => one.Trades).ThenBy(one => one.Strategy, StringComparer.Ordinal)],
            Extremes = span.Length > 1 ? (best!, worst!) : null,
            Refusals = inputs.Refusals is { } refusals
                ? [.. refusals.OrderByDescending(one => one.Count).ThenBy(one => one.Reason, StringComparer.Ordinal)]
                : null,
            NearMisses = inputs.NearMisses,
            CountedFromMs = inputs.CountedFromMs,
            Incomplete = inputs.Incomplete,
            LedgerHash = inputs.Ledger?.Hash ?? "",
            LedgerSeq = inputs.Ledger?.Seq ?? 0,
            LedgerRoot = inputs.Ledger?.Root is { } root ? new(root.Day, root.Lines, root.Short) : null,
        };
    }
}
