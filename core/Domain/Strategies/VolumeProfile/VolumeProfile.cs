using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// Price leaves the value area. ACCEPT: it stays outside, on volume, and the point of control follows.
/// REJECT: it comes back inside and the flow turns (spec 2.8).
/// </summary>
public sealed class VolumeProfile(VolumeProfileOptions options) : IStrategy
{
    public const string CatalogName = "VolumeProfile";

    private const double AcceptBase = 2.0;
    private const double RejectBase = 2.5;

    private static readonly SetupKind[] Accepts = SetupKind.BothSides(CatalogName, "accept");
    private static readonly SetupKind[] Rejects = SetupKind.BothSides(CatalogName, "reject");

    public string Name => CatalogName;

    public TimeFrame Frame => TimeFrame.M15;

    public void Evaluate(MarketView view, DecisionLog log)
    {
        foreach (var kind in Accepts) Accept(kind, view, log);
        foreach (var kind in Rejects) Reject(kind, view, log);
    }

    private void Accept(SetupKind kind, MarketView view, DecisionLog log)
    {
        log.Begin(kind);
        var side = kind.Side;
        if (!Ready(view, log)) return;
        var bars = view.M15.Bars;
        var flow = CvdFlow.Agrees(bars, 3, side);
        var interest = view.Context.OpenInterestChange;
        if (!log.Has("taker volume or open interest", flow is not null || !double.IsNaN(interest))) return;
        if (!log.Exists("value area left in the last bars, no close back", ValueAreaExit.TryOngoing(side, view, options.CrossBars, out var exit))) return;

        var edge = exit.Edge(side);
        var atr = view.M15.Now.Atr;
        var ratio = view.M15.Now.OverMedian50(bars.Last.Volume);
        var closes = bars.ClosesBeyond(side, edge, 3);
        var distance = side.Beyond(bars.Last.Close, edge) / atr;
        log.AtLeast("closes outside, of 3", closes, 2, PredicateRole.Note);
        log.AtLeast("close outside, ATR", distance, options.AcceptAtr, PredicateRole.Note);
        if (!log.Is("two of three closes or a clear one outside", closes >= 2 || distance >= options.AcceptAtr)) return;
        if (!log.AtLeast("volume, × median 50", ratio, options.AcceptVolume)) return;
        log.Is("volume delta agrees", flow, PredicateRole.Note);
        log.AtLeast("open interest change", interest, options.OpenInterestMin, PredicateRole.Note);
        if (!log.Is("volume delta or open interest confirms", flow == true || interest >= options.OpenInterestMin)) return;
        if (!log.AtLeast("shift of the point of control, value-area widths", side.Sign() * view.Profile.Migration(), options.Migration)) return;

        var key = new SetupKey(kind.Code, BitConverter.DoubleToInt64Bits(edge), bars.Ago(exit.FirstAgo).OpenTimeMs);
        if (!log.Settle(key)) return;
        var stop = edge - (side.Sign() * (options.ZoneAtr + options.StopBufferAtr) * atr);
        log.Fire(SetupOf(kind, key, view, EntryCategory.Breakout, AcceptBase, stop) with
        {
            VolumeRatio = ratio,
            VolumeThreshold = options.AcceptVolume,
        });
    }

    /// <summary>Long at the value area's low: price left downwards and came back.</summary>
    private void Reject(SetupKind kind, MarketView view, DecisionLog log)
    {
        log.Begin(kind);
        var side = kind.Side;
        if (!Ready(view, log)) return;
        var bars = view.M15.Bars;
        if (!log.Has("taker volume", bars.Last.HasTakerVolume)) return;
        if (!log.Exists("close outside the value area in the last bars", ValueAreaExit.TryRecent(side.Opposite(), view, options.CrossBars, out var exit))) return;

        var edge = exit.Edge(side.Opposite());
        var tolerant = edge * (1 - (side.Sign() * options.ReturnTolerance));
        var (extreme, extremeAgo) = Extreme(side, bars, exit.FirstAgo);
        if (!log.AtLeast("last two closes back inside, price",
                Math.Min(side.Beyond(bars.Ago(0).Close, tolerant), side.Beyond(bars.Ago(1).Close, tolerant)), 0)) return;
        if (!log.Exists("no new extreme", extremeAgo >= 1)) return;
        if (!log.Is("volume delta flipped", CvdFlow.Flipped(bars, extremeAgo, side))) return;
        if (!log.AtLeast("depth imbalance", side.Sign() * view.Context.DepthImbalance, options.DepthImbalance, PredicateRole.Skippable)) return;
        if (!log.Below("open interest change, size", Math.Abs(view.Context.OpenInterestChange), options.OpenInterestQuiet, PredicateRole.Skippable)) return;
        if (!log.Below("shift of the point of control, value-area widths", Math.Abs(view.Profile.Migration()), options.Migration)) return;

        var key = new SetupKey(kind.Code, BitConverter.DoubleToInt64Bits(edge), bars.Ago(exit.FirstAgo).OpenTimeMs);
        if (!log.Settle(key)) return;
        var stop = extreme - (side.Sign() * options.StopBufferAtr * view.M15.Now.Atr);
        log.Fire(SetupOf(kind, key, view, EntryCategory.MeanReversion, RejectBase, stop));
    }

    private bool Ready(MarketView view, DecisionLog log) =>
        log.Exists("bars of history", view.M15.Bars.Count > options.CrossBars + 2)
        && log.Has("volume profile", view.Profile.Current.IsAvailable && !double.IsNaN(view.M15.Now.Atr));

    private static (double Price, int Ago) Extreme(Side side, CandleSeries bars, int fromAgo)
    {
        var best = (Price: side.Adverse(bars.Ago(0)), Ago: 0);
        for (var ago = 1; ago <= fromAgo; ago++)
        {
            var adverse = side.Adverse(bars.Ago(ago));
            if (side.Beyond(adverse, best.Price) <= 0) best = (adverse, ago);
        }

        return best;
    }

    private Setup SetupOf(SetupKind kind, SetupKey key, MarketView view, EntryCategory category, double points, double stop) => new()
    {
        Kind = kind,
        Key = key,
        Frame = Frame,
        Category = category,
        SignalPrice = view.M15.Bar.Close,
        StopAnchor = stop,
        Atr = view.M15.Now.Atr,
        Base = points,
    };
}
