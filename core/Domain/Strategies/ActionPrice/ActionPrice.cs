using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// Action Price: a body crosses EMA200 and the next bar stays wholly beyond it. Judged by its own
/// eleven-part score and independent of the other strategies (spec 1.8, 2.8b).
/// </summary>
public sealed class ActionPrice(ActionPriceOptions options) : IStrategy
{
    public const string CatalogName = "ActionPrice";

    /// <summary>The slope of EMA200 looks this many bars back.</summary>
    private const int SlopeBars = 10;

    private static readonly SetupKind[] Kinds = SetupKind.BothSides(CatalogName);

    public string Name => CatalogName;

    public TimeFrame Frame => TimeFrame.M15;

    public void Evaluate(MarketView view, DecisionLog log)
    {
        foreach (var kind in Kinds) Ask(kind, view.M15, log);
    }

    private void Ask(SetupKind kind, FrameStudies frame, DecisionLog log)
    {
        log.Begin(kind);
        var side = kind.Side;
        if (!log.Exists("twelve bars of history", frame.Bars.Count > SlopeBars + 1)) return;
        ref readonly var initiator = ref frame.Bars.Ago(1);
        ref readonly var confirm = ref frame.Bar;
        var ema200 = frame.Now.Ema200;
        var ema200Before = frame.Ago(1).Ema200;
        if (!log.Has("EMA200", !double.IsNaN(frame.Ago(SlopeBars).Ema200))) return;

        var crosses = side.Beyond(ema200Before, initiator.Open) > 0 && side.Beyond(initiator.Close, ema200Before) > 0;
        if (!log.Exists("initiator's body crosses EMA200", crosses)) return;
        if (!log.AtLeast("bars folded into EMA200", frame.BarsFolded, options.MatureBars)) return;
        if (!log.Above("confirming close beyond EMA200, price", side.Beyond(confirm.Close, ema200), 0)) return;
        if (!log.Above("confirming extreme beyond EMA200, price", side.Beyond(side.Adverse(confirm), ema200), 0)) return;

        var pattern = PatternOf(side, frame);
        var parts = ActionPriceScore.Parts(pattern, options);
        var total = Sum(parts);
        if (!log.AtLeast("score, points", total, options.ScalpScore)) return;

        var key = new SetupKey(kind.Code, initiator.OpenTimeMs, 0);
        if (!log.Settle(key)) return;
        log.Fire(SetupOf(kind, key, frame, pattern, parts, total));
    }

    private static double Sum(ScorePart[] parts)
    {
        var total = 0.0;
        foreach (var part in parts) total += part.Points;
        return total;
    }

    private static ActionPricePattern PatternOf(Side side, FrameStudies frame)
    {
        var before = new ActionPriceBar[ActionPricePattern.StickyBars + 1];
        for (var k = 0; k < before.Length; k++) before[k] = ActionPriceBar.Of(frame, k + 1);
        return new()
        {
            Side = side,
            Initiator = before[0],
            Confirm = ActionPriceBar.Of(frame, 0),
            Ema200TenBefore = frame.Ago(SlopeBars).Ema200,
            Before = before,
        };
    }

    private Setup SetupOf(
        SetupKind kind, SetupKey key, FrameStudies frame, ActionPricePattern pattern, ScorePart[] parts, double total)
    {
        var mode = ActionPriceScore.ModeOf(total, options);
        var extreme = kind.Side.Adverse(pattern.Initiator.Candle);
        return new()
        {
            Kind = kind,
            Key = key,
            Frame = Frame,
            Category = EntryCategory.Breakout,
            SignalPrice = pattern.Confirm.Candle.Close,
            StopAnchor = extreme - (kind.Side.Sign() * options.StopBufferAtr * pattern.Initiator.Atr),
            Atr = pattern.Confirm.Atr,
            Base = double.NaN,
            OwnParts = parts,
            ScoresItself = true,
            Variant = mode == ActionPriceMode.Standard ? "STANDARD" : "SCALP",
            Anatomy = ActionPriceAnatomy.Of(pattern, frame, options),
        };
    }
}
