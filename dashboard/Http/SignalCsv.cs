using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Signals as a table, a row each; results of what was never traded are empty, with the reason.</summary>
internal static class SignalCsv
{
    public static Csv Of(IEnumerable<SignalView> signals)
    {
        var table = new Csv().Row(
            "signal_id", "symbol", "timeframe", "strategy", "mode", "direction", "category", "state", "outcome", "close_reason",
            "entry_type", "entry_price", "initial_stop", "stop", "tp1", "tp2", "score", "regime", "decided_at_utc", "entered_at_utc",
            "closed_at_utc", "bars", "mfe_r", "mae_r", "pnl_r_gross", "pnl_r_net", "now_r", "risk_percent", "replayed", "shadowed_by", "reason");
        foreach (var s in signals)
        {
            table.Row(
                s.SignalId, s.Symbol.Name, s.Timeframe.Code(), s.Strategy, s.Mode, s.Direction == Side.Long ? "long" : "short", s.Category,
                s.State.ToString(), s.Outcome?.ToString(), s.CloseReason, s.EntryType, s.EntryPrice, s.InitialStop, s.Stop, s.Tp1, s.Tp2,
                s.Score, s.Regime, Csv.Time(s.DecidedAtMs), Csv.Time(s.EnteredAtMs), Csv.Time(s.ClosedAtMs), s.Bars, s.MfeR, s.MaeR,
                s.PnlRGross, s.PnlRNet, s.NowR, s.RiskPercent, s.Replayed, s.ShadowedBy, ReasonOf(s));
        }

        return table;
    }

    private static string? ReasonOf(SignalView signal) => signal switch
    {
        { EnteredAtMs: null, ClosedAtMs: null } => "waits for its entry",
        { EnteredAtMs: null } => "ended without a trade",
        { ClosedAtMs: null } => "still open: no net result",
        _ => null,
    };
}
