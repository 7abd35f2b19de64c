using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Dashboard;

/// <summary>The kernel's types as the page's.</summary>
public static class KernelViews
{
    public static PredicateView Of(in Predicate predicate) => new(
        predicate.Name,
        predicate.Comparison == Comparison.Is ? double.NaN : predicate.Value,
        predicate.Comparison == Comparison.Is ? double.NaN : predicate.Threshold,
        predicate.Comparison switch
        {
            Comparison.AtLeast => "≥",
            Comparison.Above => ">",
            Comparison.AtMost => "≤",
            Comparison.Below => "<",
            _ => "",
        },
        Unit: "",
        predicate.Outcome switch
        {
            PredicateOutcome.Passed => PredicateState.Passed,
            PredicateOutcome.Failed => PredicateState.Failed,
            _ => PredicateState.Unavailable,
        },
        predicate.Outcome == PredicateOutcome.Unavailable ? "unavailable"
            : predicate.Comparison == Comparison.Is ? (predicate.Value > 0 ? "yes" : "no")
            : null);

    public static ScorePartView Of(ScorePart part) => new(
        part.Name,
        part.Points,
        part.IsUnavailable ? ModifierState.Unavailable
            : part.Points == 0 ? ModifierState.NotApplied
            : ModifierState.Applied,
        part.Because);

    public static RegimeView Of(
        Symbol symbol, in RegimeReading regime, double change24hPercent, IReadOnlyList<double> sparkline, long? sinceMs) =>
        new(
            symbol,
            regime.Label.ToString().ToUpperInvariant(),
            (int)regime.Direction,
            regime.Label == MarketRegime.Undecided ? double.NaN : regime.Confidence,
            (int)regime.H4Bias,
            change24hPercent,
            sparkline,
            sinceMs,
            double.IsNaN(regime.Adx) ? "too few candles of 4 hours"
                : $"ADX {regime.Adx:0.0}, band width percentile {regime.WidthPercentile:0}");

    public static ZoneView Of(in Zone zone) => new(
        zone.Role == ZoneRole.Support, zone.Low, zone.High, zone.Source, zone.BornMs, zone.Touches, zone.Strength,
        zone.Flips > 0);

    /// <summary>The profile with its bins; null while it is unavailable.</summary>
    public static ProfileView? Of(RollingVolumeProfile profile, long nowMs)
    {
        var reading = profile.Current;
        return reading.IsAvailable && profile.FromMs is { } fromMs
            ? new(
                reading.Poc, reading.Val, reading.Vah, fromMs, nowMs,
                [.. profile.Histogram().Select(bin => new ProfileBinView(bin.Low, bin.High, bin.Volume))])
            : null;
    }

    /// <summary>Why there may be no profile.</summary>
    public static string NoProfile(ProfileOptions options) => options.Window == ProfileWindow.Session
        ? "no session is on, or it is not known from its start, or it has fewer than 10 bins"
        : $"the window of {options.WindowHours} hours is not full or has fewer than 10 bins";

    /// <summary>What no strategy asks but a reader may want to know.</summary>
    public static IReadOnlyList<string> NotesOf(MarketView view)
    {
        var notes = new List<string>();
        foreach (var side in (Side[])[Side.Long, Side.Short])
        {
            if (view.M15.IsEmpty || CvdDivergence.Of(view.M15.Bars, view.SwingsM15, side) != true) continue;
            var ends = side == Side.Short ? view.SwingsM15.Highs : view.SwingsM15.Lows;
            var (later, earlier) = (view.SwingsM15.LastIndex - ends.Ago(0).BarIndex, view.SwingsM15.LastIndex - ends.Ago(1).BarIndex);
            var (price, flow) = side == Side.Short ? ("a higher high", "a lower one") : ("a lower low", "a higher one");
            notes.Add($"CVD divergence, speaks for {(side == Side.Short ? "short" : "long")}: {later} bars ago price made {price} "
                + $"than {earlier} bars ago, volume delta {flow} (15m)");
        }

        return notes;
    }

    public static StatisticsView Of(GroupStatistics group) => new(
        group.Name,
        group.N,
        group.Wins,
        group.BreakEvens,
        group.Losses,
        group.WinRate.Rate ?? double.NaN,
        new(group.WinRate.Ci95.Low, group.WinRate.Ci95.High),
        group.ExpectancyRNet,
        new(group.ExpectancyRNetCi95.Low, group.ExpectancyRNetCi95.High),
        group.ProfitFactorNet,
        group.TotalRNet);

    public static PerformanceView Of(PerformancePanel panel, int days) => new(
        days,
        Of(panel.Overall),
        [.. panel.ByStrategy.Select(Of)],
        [.. panel.ByRegime.Select(Of)],
        [.. panel.ByScoreBucket.Select(Of)],
        [.. panel.Equity.Select(point => new EquityPointView(point.TimeMs, point.NetR))],
        [.. panel.Equity.Select(point => new EquityPointView(point.TimeMs, point.GrossR))],
        panel.Drawdown.DepthR,
        panel.Equity.Count == 0 ? 0 : panel.Equity[^1].DrawdownR);

    public static SignalStage StageOf(SignalState state) => state switch
    {
        SignalState.Created => SignalStage.Created,
        SignalState.Refused => SignalStage.Refused,
        SignalState.PendingEntry => SignalStage.PendingEntry,
        SignalState.Expired => SignalStage.Expired,
        SignalState.Cancelled => SignalStage.Cancelled,
        SignalState.Rejected => SignalStage.Rejected,
        SignalState.PartiallyFilled => SignalStage.Partial,
        SignalState.Open => SignalStage.Open,
        SignalState.Target1Done => SignalStage.Tp1Done,
        SignalState.Target2Done => SignalStage.Tp2Done,
        _ => SignalStage.Closed,
    };

    /// <summary>A refusal's name in words.</summary>
    public static string TitleOf(Refusal why) => why switch
    {
        Refusal.CostTooHigh => "Round trip costs too much",
        Refusal.ScoreTooLow => "Score too low",
        Refusal.TooFewFactors => "Too few independent factors",
        Refusal.StopTooFar => "Stop too far",
        Refusal.StopTooWide => "Stop too wide",
        Refusal.Missed => "Price ran away",
        Refusal.StrategyBlocked => "Strategy has a live signal here",
        Refusal.OpposingPosition => "Opposite position is open",
        Refusal.BtcImpulse => "BTC moves too hard",
        Refusal.AfterGap => "Too near a gap in the data",
        Refusal.AlreadyFired => "This setup has fired before",
        _ => Words(why.ToString()),
    };

    /// <summary>Unit of the numbers that a refusal carries.</summary>
    public static string UnitOf(Refusal why) => why switch
    {
        Refusal.CostTooHigh or Refusal.FundingTooHigh or Refusal.Missed => "R",
        Refusal.StopTooFar or Refusal.LiquidationTooNear => "ATR",
        Refusal.SizeTooSmall => "USDT",
        Refusal.Locked or Refusal.CoolDown => "min",
        Refusal.AfterGap => "bars",
        _ => "",
    };

    /// <summary>How the value would have had to stand to the limit.</summary>
    public static string ComparisonOf(Refusal why) => why switch
    {
        Refusal.ScoreTooLow or Refusal.TooFewFactors or Refusal.LiquidationTooNear or Refusal.SizeTooSmall
            or Refusal.AfterGap or Refusal.Conflict => "≥",
        Refusal.TooManyPositions or Refusal.CorrelatedCluster => "<",
        _ => "≤",
    };

    internal static string NameOf(SetupKind kind) => kind.Mode.Length == 0 ? kind.Strategy : $"{kind.Strategy} · {kind.Mode}";

    private static string Words(string name)
    {
        var words = string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
        return words;
    }
}
