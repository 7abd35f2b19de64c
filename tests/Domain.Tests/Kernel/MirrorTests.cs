using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>
/// A market seen upside down (p → 2c − p, buyers are sellers) gives the same setups on the other side
/// (spec 2.17): thresholds in per cent are zero and prices have no ties. What stands on a grid of prices
/// (volume profile) does not mirror.
/// </summary>
public sealed class MirrorTests
{
    private const double Centre = 100;
    private const int Bars = 6_000;

    private static readonly IStrategy[] Strategies =
    [
        new LiquiditySweep(new() { DepthMinFraction = 0, DepthMaxFraction = 0 }),
        new BreakAndRetest(new()),
        new MaVwapPullback(new() { AdxMin = 10, RetraceMin = 0.1, RetraceMax = 1, ZoneAtr = 2, Volume = 0.4 }),
        new ActionPrice(new()),
        new IndicatorVote(new()),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Setups_OfAMirroredMarket_AreTheSameOnTheOtherSide(int seed)
    {
        var bars = Walk(seed);
        var plain = Fired(bars);
        var mirrored = Fired([.. bars.Select(Flip)]);

        foreach (var strategy in Strategies) Assert.Contains(plain, setup => setup.Kind.Strategy == strategy.Name);
        Assert.Equal(
            plain.Select(setup => Words(setup, flip: true)).Order(StringComparer.Ordinal),
            mirrored.Select(setup => Words(setup, flip: false)).Order(StringComparer.Ordinal));
    }

    private static string Words(Setup setup, bool flip)
    {
        var side = flip ? setup.Kind.Side.Opposite() : setup.Kind.Side;
        var price = flip ? (2 * Centre) - setup.SignalPrice : setup.SignalPrice;

        // The vote's stop is a share of the price, and its size so differs.
        var stop = setup.Kind.Strategy == IndicatorVote.CatalogName
            ? 0
            : flip ? (2 * Centre) - setup.StopAnchor : setup.StopAnchor;
        return FormattableString.Invariant(
            $"{setup.Key.Bar} {setup.Kind.Strategy} {setup.Kind.Mode} {side} {setup.Variant} {price:0.000000} {stop:0.000000} {setup.Atr:0.000000}");
    }

    private static List<Setup> Fired(Candle[] bars)
    {
        var regime = RegimeOptions.Default with { AdxEnter = 12, AdxLeave = 10, HoldBars = 1, SqueezePercentile = 1 };
        var analysis = new SymbolAnalysis(Symbol.Parse("TESTUSDT"), 0.01m, new() { StudyVote = true, Regime = regime });
        var view = new MarketView(analysis);
        var log = new DecisionLog(exhaustive: false, new());
        var hours = new Resampler(TimeFrame.M15, TimeFrame.H4);
        var fired = new List<Setup>();
        foreach (var bar in bars)
        {
            var isFull = hours.TryAdd(bar, out var h4);
            if (isFull) analysis.Update(TimeFrame.H4, h4);
            analysis.Update(TimeFrame.M15, bar);
            view.MoveTo(bar.CloseTimeMs(TimeFrame.M15), MarketContext.Unavailable);
            log.Clear();
            foreach (var strategy in Strategies)
            {
                if (strategy.Frame == TimeFrame.M15 || isFull) strategy.Evaluate(view, log);
            }

            log.End();
            fired.AddRange(log.Fired);
        }

        return fired;
    }

    private static Candle Flip(Candle bar) => bar with
    {
        Open = (2 * Centre) - bar.Open,
        High = (2 * Centre) - bar.Low,
        Low = (2 * Centre) - bar.High,
        Close = (2 * Centre) - bar.Close,
        TakerBuyVolume = bar.Volume - bar.TakerBuyVolume,
    };

    /// <summary>A walk that trends for a while, then turns; drawn back to the centre, so that both worlds have prices.</summary>
    private static Candle[] Walk(int seed)
    {
        var random = new Random(seed);
        var (price, drift) = (Centre, 0.0);
        var bars = new Candle[Bars];
        for (var i = 0; i < Bars; i++)
        {
            if (i % 200 == 0) drift = (random.NextDouble() - 0.5) * 0.2;
            var open = price;
            price += drift + ((Centre - price) * 0.004) + ((random.NextDouble() - 0.5) * 1.2);
            var high = Math.Max(open, price) + (random.NextDouble() * 0.4);
            var low = Math.Min(open, price) - (random.NextDouble() * 0.4);
            var volume = 100 * (0.3 + (random.NextDouble() * random.NextDouble() * 4));
            bars[i] = new(i * TimeFrame.M15.Ms(), open, high, low, price, volume, TakerBuyVolume: volume * random.NextDouble());
        }

        return bars;
    }
}
