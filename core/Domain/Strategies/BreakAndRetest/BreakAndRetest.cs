using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// A swing is broken on volume, price comes back to it, holds, and turns again: entry with the trend at
/// the broken level (spec 2.8).
/// </summary>
public sealed class BreakAndRetest(BreakAndRetestOptions options) : IStrategy
{
    public const string CatalogName = "BreakAndRetest";

    private const double Base = 2.5;
    private const double VwapPoints = 0.5;

    private static readonly SetupKind[] Kinds = SetupKind.BothSides(CatalogName);

    public string Name => CatalogName;

    public TimeFrame Frame => TimeFrame.M15;

    public void Evaluate(MarketView view, DecisionLog log)
    {
        foreach (var kind in Kinds) Ask(kind, view, log);
    }

    private void Ask(SetupKind kind, MarketView view, DecisionLog log)
    {
        log.Begin(kind);
        var side = kind.Side;
        var frame = view.M15;
        if (!log.Exists("bars of history", frame.Bars.Count > 2)) return;
        if (!log.Has("ADX", !double.IsNaN(frame.Now.Adx))) return;
        if (!log.Has("4h regime", view.HasRegime)) return;
        var with = side == Side.Long ? Bias.Bullish : Bias.Bearish;
        var against = side == Side.Long ? Bias.Bearish : Bias.Bullish;
        var regime = view.Regime;
        if (!log.Is("regime: trend with the side, or squeeze", regime.Label == MarketRegime.Squeeze
                || (regime.Label == MarketRegime.Trend && regime.Direction == with))) return;
        if (!log.AtLeast("ADX 14", frame.Now.Adx, options.AdxMin)) return;
        if (!log.Is("4h bias not opposed", regime.H4Bias != against)) return;
        if (!log.Exists("confirmed swing broken in the last 20 bars", LevelBreak.TryFind(side, view, options, out var broken))) return;

        var atr = frame.Now.Atr;
        var level = broken.Level.Price;
        var since = Since(side, frame.Bars, broken, level, options.RetestBars);
        var ratio = frame.Ago(broken.BarAgo).OverMean20(frame.Bars.Ago(broken.BarAgo).Volume);
        if (!log.AtLeast("break volume, × mean 20", ratio, options.BreakVolume)) return;
        if (!log.AtMost("retest distance, ATR", since.Nearest / atr, options.RetestAtr)) return;
        if (!log.AtLeast("worst close since the break, ATR", since.WorstClose / atr, -options.FailAtr)) return;
        if (!log.Above("close beyond the level, price", side.Beyond(frame.Bar.Close, level), 0)) return;
        if (!log.Above("close beyond the open, price", side.Beyond(frame.Bar.Close, frame.Bar.Open), 0)) return;

        var key = new SetupKey(kind.Code, broken.Level.TimeMs, 0);
        if (!log.Settle(key)) return;
        log.Fire(SetupOf(kind, key, view, level, since.Extreme, ratio));
    }

    /// <summary>What happened after the break: nearest approach, worst close, extreme against the side.</summary>
    private static (double Nearest, double WorstClose, double Extreme) Since(
        Side side, CandleSeries bars, in LevelBreak broken, double level, int retestBars)
    {
        var nearest = double.PositiveInfinity;
        var worst = double.PositiveInfinity;
        var extreme = side.Adverse(bars.Ago(0));
        for (var ago = broken.BarAgo - 1; ago >= 0; ago--)
        {
            ref readonly var bar = ref bars.Ago(ago);
            var adverse = side.Adverse(bar);
            if (ago <= retestBars) nearest = Math.Min(nearest, side.Beyond(adverse, level));
            worst = Math.Min(worst, side.Beyond(bar.Close, level));
            if (side.Beyond(adverse, extreme) < 0) extreme = adverse;
        }

        return (nearest, worst, extreme);
    }

    private Setup SetupOf(SetupKind kind, SetupKey key, MarketView view, double level, double extreme, double ratio)
    {
        var side = kind.Side;
        var atr = view.M15.Now.Atr;
        var zone = level - (side.Sign() * options.ZoneAtr * atr);
        var outer = side.Beyond(extreme, zone) < 0 ? extreme : zone;
        var vwap = Math.Abs(view.DailyVwap.Value - level) / atr;
        return new()
        {
            Kind = kind,
            Key = key,
            Frame = Frame,
            Category = EntryCategory.Pullback,
            SignalPrice = view.M15.Bar.Close,
            StopAnchor = outer - (side.Sign() * options.StopBufferAtr * atr),
            Atr = atr,
            Base = Base,
            VolumeRatio = ratio,
            VolumeThreshold = options.BreakVolume,
            OwnParts = [new("vwap_at_level", vwap <= options.VwapAtr ? VwapPoints : double.IsNaN(vwap) ? double.NaN : 0, $"daily VWAP {vwap:0.00} ATR from the level")],
        };
    }
}
