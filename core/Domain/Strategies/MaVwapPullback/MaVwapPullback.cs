using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// A 4h trend retraces part of its last leg to EMA20 or the daily VWAP and closes back beyond EMA20
/// (spec 2.8).
/// </summary>
public sealed class MaVwapPullback(MaVwapPullbackOptions options) : IStrategy
{
    public const string CatalogName = "MaVwapPullback";

    private const double Base = 2.5;

    private static readonly SetupKind[] Kinds = SetupKind.BothSides(CatalogName);

    public string Name => CatalogName;

    public TimeFrame Frame => TimeFrame.H4;

    public void Evaluate(MarketView view, DecisionLog log)
    {
        foreach (var kind in Kinds) Ask(kind, view, log);
    }

    private void Ask(SetupKind kind, MarketView view, DecisionLog log)
    {
        log.Begin(kind);
        var side = kind.Side;
        var frame = view.H4;
        if (!log.Exists("bars of history", frame.Bars.Count > options.SlopeBars)) return;
        if (!log.Has("EMA50 and ADX", !double.IsNaN(frame.Ago(options.SlopeBars).Ema50) && !double.IsNaN(frame.Now.Adx))) return;
        if (!log.Has("4h regime", view.HasRegime)) return;
        ref readonly var bar = ref frame.Bar;
        var now = frame.Now;
        var with = side == Side.Long ? Bias.Bullish : Bias.Bearish;
        if (!log.Is("regime: trend with the side", view.Regime.Label == MarketRegime.Trend && view.Regime.Direction == with)) return;
        if (!log.Above("EMA50 slope, price", side.Beyond(now.Ema50, frame.Ago(options.SlopeBars).Ema50), 0)) return;
        if (!log.AtLeast("ADX 14", now.Adx, options.AdxMin)) return;
        if (!log.AtMost("distance from EMA20, ATR", side.Beyond(bar.Close, now.Ema20) / now.Atr, options.LateTrendAtr)) return;
        if (!log.Exists("impulse leg", ImpulseLeg.TryFind(side, view, options.FiftyBarRange, out var leg))) return;

        var adverse = side.Adverse(bar);
        var retrace = (leg.To - adverse) / (leg.To - leg.From);
        var reach = Math.Min(Math.Abs(adverse - now.Ema20), OrFar(Math.Abs(adverse - view.DailyVwap.Value))) / now.Atr;
        var ratio = now.OverMean20(bar.Volume);
        var threshold = options.Volume * SessionFactor(bar.OpenTimeMs);
        if (!log.AtLeast("retracement of the leg", retrace, options.RetraceMin)) return;
        if (!log.AtMost("retracement of the leg, at most", retrace, options.RetraceMax)) return;
        if (!log.AtMost("distance to EMA20 or daily VWAP, ATR", reach, options.ZoneAtr)) return;
        if (!log.Above("close beyond EMA20, price", side.Beyond(bar.Close, now.Ema20), 0)) return;
        if (!log.Above("close beyond the open, price", side.Beyond(bar.Close, bar.Open), 0)) return;
        if (!log.AtLeast("volume, × mean 20", ratio, threshold)) return;
        if (!log.AtLeast("close beyond the leg's start, price", side.Beyond(bar.Close, leg.From), 0)) return;

        var key = new SetupKey(kind.Code, leg.TimeMs, bar.OpenTimeMs);
        if (!log.Settle(key)) return;
        log.Fire(new()
        {
            Kind = kind,
            Key = key,
            Frame = Frame,
            Category = EntryCategory.Pullback,
            SignalPrice = bar.Close,
            StopAnchor = leg.From - (side.Sign() * options.StopBufferAtr * now.Atr),
            Atr = now.Atr,
            Base = Base,
            VolumeRatio = ratio,
            VolumeThreshold = threshold,
        });
    }

    private double SessionFactor(long openTimeMs)
    {
        var hour = (int)(openTimeMs / TimeFrame.H1.Ms() % 24);
        return hour < 8 ? options.AsiaFactor : hour >= 20 ? options.LateFactor : 1;
    }

    /// <summary>An unavailable VWAP is simply not near.</summary>
    private static double OrFar(double distance) => double.IsNaN(distance) ? double.PositiveInfinity : distance;
}
