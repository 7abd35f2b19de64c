using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Engine.Backtesting;

/// <summary>Turns a closed signal into its line of <c>trades.jsonl</c>.</summary>
public static class TradeRecords
{
    /// <param name="plan">What was decided.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="score">Score at the decision.</param>
    /// <param name="regime">Regime at the decision, such as <c>Trend</c>.</param>
    public static TradeRecord Of(TradePlan plan, TradeResult result, Score score, string regime) => new()
    {
        SignalId = plan.Id.Value,
        Symbol = plan.Symbol.Name,
        Strategy = plan.Strategy,
        Mode = plan.Mode,
        Direction = plan.Side == Side.Long ? "LONG" : "SHORT",
        Category = CategoryOf(plan),
        Score = plan.Score,
        ScoreParts = [.. score.Parts.Select(part => new TradeScorePart(part.Name, part.IsUnavailable ? null : part.Points, part.Because))],
        Regime = regime,
        DecidedAtMs = plan.DecidedAtMs,
        EntryTimeMs = result.EnteredAtMs,
        EntryPrice = result.Entry,
        Stop = plan.Stop,
        Tp1 = plan.Target1,
        Tp2 = plan.Target2,
        Exits = [.. result.Exits.Select(exit => new TradeExit(exit.TimeMs, exit.Price, exit.Fraction, CodeOf(exit.Reason)))],
        Fees = result.FeesR,
        Funding = result.FundingR,
        Slippage = result.SlippageR,
        PnlRGross = result.GrossR,
        PnlRNet = result.NetR,
        Outcome = result.Outcome switch
        {
            Outcome.Win => TradeOutcome.Win,
            Outcome.BreakEven => TradeOutcome.BreakEven,
            _ => TradeOutcome.Loss,
        },
        MfeR = result.MfeR,
        MaeR = result.MaeR,
        Bars = result.Bars,
        DecisionHash = plan.DecisionHash,
        Execution = plan.Execution,
    };

    private static string CategoryOf(TradePlan plan) => plan.Strategy == ActionPrice.CatalogName
        ? "action_price"
        : plan.Category switch
        {
            EntryCategory.Breakout => "breakout",
            EntryCategory.Pullback => "pullback",
            _ => "mean_reversion",
        };

    private static string CodeOf(CloseReason reason) => reason.ToString().ToUpperInvariant();
}
