using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// Aggressive flow at a level of the volume profile: book, delta and open interest all press one way
/// (spec 2.8). Without a book or open interest it does not fire and says so.
/// </summary>
public sealed class OrderFlow(OrderFlowOptions options) : IStrategy
{
    public const string CatalogName = "OrderFlow";

    private const double Base = 2.5;

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
        var context = view.Context;
        var interest = options.OpenInterestByRank ? context.OpenInterestChangeRank : context.OpenInterestChange;
        if (!log.Has("order book", !double.IsNaN(context.DepthImbalanceMedian))) return;
        if (!log.Has("open interest", !double.IsNaN(interest))) return;
        if (!log.Exists("bars of history", frame.Bars.Count > 1)) return;
        if (!log.Has("taker volume", frame.Bar.HasTakerVolume)) return;
        var profile = view.Profile.Current;
        if (!log.Has("volume profile", profile.IsAvailable && !double.IsNaN(frame.Now.Atr))) return;

        var close = frame.Bar.Close;
        var level = Nearest(profile, close);
        var ratio = frame.Now.OverMean20(frame.Bar.Volume);
        if (!log.AtMost("distance from POC, VAH or VAL, ATR", Math.Abs(close - level) / frame.Now.Atr, options.LevelAtr)) return;
        if (!log.AtLeast("volume, × mean 20", ratio, options.Volume)) return;
        if (!log.AtLeast("depth imbalance, 20 s median", side.Sign() * context.DepthImbalanceMedian, options.DepthImbalance)) return;
        if (!log.AtLeast("volume delta, share", side.Sign() * frame.Bar.Delta / frame.Bar.Volume, options.DeltaShare)) return;
        if (!log.AtLeast(
                options.OpenInterestByRank ? "open interest change, percentile of 200" : "open interest change",
                interest,
                options.OpenInterestByRank ? options.OpenInterestRank : options.OpenInterestChange)) return;
        if (!log.Above("close beyond the close before, price", side.Beyond(close, frame.Bars.Ago(1).Close), 0)) return;

        var key = new SetupKey(kind.Code, BitConverter.DoubleToInt64Bits(level), frame.Bar.OpenTimeMs);
        if (!log.Settle(key)) return;
        log.Fire(new()
        {
            Kind = kind,
            Key = key,
            Frame = Frame,
            Category = EntryCategory.Breakout,
            SignalPrice = close,
            StopAnchor = level - (side.Sign() * (options.ZoneAtr + options.StopBufferAtr) * frame.Now.Atr),
            Atr = frame.Now.Atr,
            Base = Base,
            VolumeRatio = ratio,
            VolumeThreshold = options.Volume,
        });
    }

    private static double Nearest(in ProfileReading profile, double price)
    {
        var nearest = profile.Poc;
        if (Math.Abs(price - profile.Vah) < Math.Abs(price - nearest)) nearest = profile.Vah;
        if (Math.Abs(price - profile.Val) < Math.Abs(price - nearest)) nearest = profile.Val;
        return nearest;
    }
}
