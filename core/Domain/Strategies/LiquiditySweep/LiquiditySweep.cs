using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// Price runs the stops behind a swing. FADE: it closes back and the flow turns. CONTINUATION: it stays
/// beyond and the flow agrees (spec 2.8).
/// </summary>
public sealed class LiquiditySweep(LiquiditySweepOptions options) : IStrategy
{
    public const string CatalogName = "LiquiditySweep";

    private const double FadeBase = 2.5;
    private const double ContinuationBase = 2.0;

    private static readonly SetupKind[] Fades = SetupKind.BothSides(CatalogName, "fade");
    private static readonly SetupKind[] Continuations = SetupKind.BothSides(CatalogName, "continuation");

    public string Name => CatalogName;

    public TimeFrame Frame => TimeFrame.M15;

    public void Evaluate(MarketView view, DecisionLog log)
    {
        foreach (var kind in Fades) Fade(kind, view, log);
        foreach (var kind in Continuations) Continue(kind, view, log);
    }

    private void Fade(SetupKind kind, MarketView view, DecisionLog log)
    {
        log.Begin(kind);
        var side = kind.Side;
        if (!Ready(view, log)) return;
        var bars = view.M15.Bars;
        if (!log.Has("taker volume", bars.Last.HasTakerVolume)) return;
        if (!log.Exists(
                "swept swing, no further extreme before now",
                Sweep.TryFind(side, view, options, stillExtreme: true, fromAgo: 1, out var sweep))) return;

        var ratio = view.M15.Ago(sweep.BarAgo).OverMedian20(bars.Ago(sweep.BarAgo).Volume);
        if (!log.AtLeast("sweep volume, × median 20", ratio, options.SweepVolume)) return;
        if (!log.Above("close back beyond the level, price", side.Beyond(bars.Last.Close, sweep.Level.Price), 0)) return;
        if (!log.Is("volume delta flipped", CvdFlow.Flipped(bars, sweep.BarAgo, side))) return;
        if (!BookConfirms(side, view, log, ratio)) return;
        if (!log.Is("no strong opposite trend", OppositeTrendIsWeak(side, view), PredicateRole.Skippable)) return;

        var key = new SetupKey(kind.Code, sweep.Level.TimeMs, bars.Ago(sweep.BarAgo).OpenTimeMs);
        if (!log.Settle(key)) return;
        var now = side.Adverse(bars.Last);
        var extreme = side.Beyond(now, sweep.Extreme) < 0 ? now : sweep.Extreme;
        var stop = extreme - (side.Sign() * options.StopBufferAtr * view.M15.Now.Atr);
        log.Fire(SetupOf(kind, key, view, EntryCategory.MeanReversion, FadeBase, stop, ratio));
    }

    /// <summary>Long continues beyond a swept swing high, short beyond a swept swing low.</summary>
    private void Continue(SetupKind kind, MarketView view, DecisionLog log)
    {
        log.Begin(kind);
        var side = kind.Side;
        if (!Ready(view, log)) return;
        var bars = view.M15.Bars;
        var flow = CvdFlow.Agrees(bars, 3, side);
        var interest = view.Context.OpenInterestChange;
        if (!log.Has("taker volume or open interest", flow is not null || !double.IsNaN(interest))) return;
        if (!log.Exists("swept swing", TryFindHeld(side, view, out var sweep))) return;

        var level = sweep.Level.Price;
        var atr = view.M15.Now.Atr;
        var ratio = view.M15.Ago(sweep.BarAgo).OverMedian20(bars.Ago(sweep.BarAgo).Volume);
        if (!log.AtLeast("sweep volume, × median 20", ratio, options.SweepVolume)) return;
        if (!log.Is("no close back since the sweep", NoCloseBack(side, bars, sweep))) return;
        var closes = bars.ClosesBeyond(side, level, 3);
        var distance = side.Beyond(bars.Last.Close, level) / atr;
        log.AtLeast("closes beyond, of 3", closes, 2, PredicateRole.Note);
        log.AtLeast("close beyond, ATR", distance, options.ContinuationAtr, PredicateRole.Note);
        if (!log.Is("two of three closes or a clear one beyond", closes >= 2 || distance >= options.ContinuationAtr)) return;
        log.Is("volume delta agrees", flow, PredicateRole.Note);
        log.AtLeast("open interest change", interest, options.OpenInterestMin, PredicateRole.Note);
        if (!log.Is("volume delta or open interest confirms", flow == true || interest >= options.OpenInterestMin)) return;

        var key = new SetupKey(kind.Code, sweep.Level.TimeMs, bars.Ago(sweep.BarAgo).OpenTimeMs);
        if (!log.Settle(key)) return;
        var stop = level - (side.Sign() * (options.ZoneAtr + options.StopBufferAtr) * atr);
        log.Fire(SetupOf(kind, key, view, EntryCategory.Breakout, ContinuationBase, stop, ratio));
    }

    /// <summary>
    /// Any sweep of the last bars will do: the latest one on volume without a close back, and where there is
    /// none the latest, so that the record says what it lacked.
    /// </summary>
    private bool TryFindHeld(Side side, MarketView view, out Sweep sweep)
    {
        if (!Sweep.TryFind(side.Opposite(), view, options, stillExtreme: false, fromAgo: 1, out sweep)) return false;
        var candidate = sweep;
        do
        {
            var volume = view.M15.Bars.Ago(candidate.BarAgo).Volume;
            var isOnVolume = view.M15.Ago(candidate.BarAgo).OverMedian20(volume) >= options.SweepVolume;
            if (!isOnVolume || !NoCloseBack(side, view.M15.Bars, candidate)) continue;
            sweep = candidate;
            return true;
        }
        while (Sweep.TryFind(side.Opposite(), view, options, stillExtreme: false, candidate.BarAgo + 1, out candidate));

        return true;
    }

    private bool BookConfirms(Side side, MarketView view, DecisionLog log, double ratio)
    {
        var imbalance = view.Context.DepthImbalance;
        return double.IsNaN(imbalance)
            ? log.AtLeast("sweep volume without a book, × median 20", ratio, options.SweepVolumeWithoutBook)
            : log.AtLeast("depth imbalance", side.Sign() * imbalance, options.DepthImbalance);
    }

    /// <summary>Null while the 4h candle that was due is missing: a regime that is not known forbids nothing.</summary>
    private bool? OppositeTrendIsWeak(Side side, MarketView view)
    {
        if (!view.HasRegime) return null;
        var regime = view.Regime;
        return regime.Label != MarketRegime.Trend
            || regime.Direction != (side == Side.Long ? Bias.Bearish : Bias.Bullish)
            || regime.Confidence <= options.OppositeTrendConfidence;
    }

    private bool Ready(MarketView view, DecisionLog log) =>
        log.Exists("bars of history", view.M15.Bars.Count > options.SweepBars + options.SwingAgeMin)
        && log.Has("ATR", !view.M15.IsEmpty && !double.IsNaN(view.M15.Now.Atr));

    private static bool NoCloseBack(Side side, CandleSeries bars, in Sweep sweep)
    {
        for (var ago = sweep.BarAgo - 1; ago >= 0; ago--)
        {
            if (side.Beyond(bars.Ago(ago).Close, sweep.Level.Price) < 0) return false;
        }

        return true;
    }

    private Setup SetupOf(
        SetupKind kind, SetupKey key, MarketView view, EntryCategory category, double points, double stop, double ratio) => new()
        {
            Kind = kind,
            Key = key,
            Frame = Frame,
            Category = category,
            SignalPrice = view.M15.Bar.Close,
            StopAnchor = stop,
            Atr = view.M15.Now.Atr,
            Base = points,
            VolumeRatio = ratio,
            VolumeThreshold = options.SweepVolume,
        };
}
