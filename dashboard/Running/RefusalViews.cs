using System.Globalization;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>Refusals as the page shows them: every no has a number.</summary>
internal static class RefusalViews
{
    private static readonly Dictionary<string, (string Title, string Comparison, string Unit)> Words = new(StringComparer.Ordinal)
    {
        [nameof(Refusal.ScoreTooLow)] = ("Score too low", "≥", ""),
        [nameof(Refusal.TooFewFactors)] = ("Too few factors agree", "≥", ""),
        [nameof(Refusal.StopTooFar)] = ("Stop too far", "≤", "ATR"),
        [nameof(Refusal.StopTooWide)] = ("Stop too wide", "≤", "of the price"),
        [nameof(Refusal.StopOnWrongSide)] = ("Stop on the wrong side", "", ""),
        [nameof(Refusal.CostTooHigh)] = ("Round trip costs too much", "≤", "R"),
        [nameof(Refusal.SpreadTooWide)] = ("Spread too wide", "≤", "of the price"),
        [nameof(Refusal.Missed)] = ("Price ran away", "", ""),
        [nameof(Refusal.LiquidationTooNear)] = ("Liquidation too near", "≥", "ATR"),
        [nameof(Refusal.FundingTooHigh)] = ("Funding too high", "≤", "R"),
        [nameof(Refusal.Conflict)] = ("Both directions fired", "≥", "points ahead"),
        [nameof(Refusal.Locked)] = ("Symbol and side are locked", "≤", "min left"),
        [nameof(Refusal.StrategyBlocked)] = ("Strategy has a live signal here", "", ""),
        [nameof(Refusal.CoolDown)] = ("Cooling down", "≤", "min left"),
        [nameof(Refusal.OpposingPosition)] = ("Opposite position is open", "", ""),
        [nameof(Refusal.BtcImpulse)] = ("BTC moves too hard", "", ""),
        [nameof(Refusal.TooManyPositions)] = ("Too many positions", "≤", ""),
        [nameof(Refusal.OpenRiskTooHigh)] = ("Open risk too high", "≤", "of equity"),
        [nameof(Refusal.SizeTooSmall)] = ("Size below the exchange's minimum", "≥", "USDT"),
        [nameof(Refusal.Halted)] = ("New entries are paused by hand", "", ""),
        [nameof(Refusal.AfterGap)] = ("Too soon after a gap in the data", "≥", "bars"),
    };

    public static RefusalsView Board(RefusalBoard board, RunIdentity identity)
    {
        RefusalReasonView[] reasons =
        [
            .. board.Reasons.OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Reason, StringComparer.Ordinal)
                .Select(entry => new RefusalReasonView(
                    entry.Reason, WordsOf(entry.Reason).Title, entry.Count,
                    [.. entry.Last.Select(note => Of(note, identity))])),
        ];
        return new(identity.DecideFromMs, reasons.Sum(reason => reason.Count), reasons);
    }

    public static RefusalView Of(RefusalNote note, RunIdentity identity)
    {
        var (title, comparison, unit) = WordsOf(note.Reason);
        var text = double.IsNaN(note.Value)
            ? title
            : string.Create(CultureInfo.InvariantCulture, $"{title}: {note.Value:0.####} {unit} ({comparison} {note.Limit:0.####})");
        return new(
            note.TimeMs, Symbol.Parse(note.Symbol), (TimeFrame)note.Minutes, note.Strategy, note.IsLong ? Side.Long : Side.Short,
            note.Reason, note.Value, note.Limit, comparison, unit, text, note.TimeMs <= identity.LiveFromMs);
    }

    internal static (string Title, string Comparison, string Unit) WordsOf(string reason) =>
        Words.TryGetValue(reason, out var words) ? words : (reason, "", "");
}
