using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class RegimeDetectorTests
{
    private static readonly MarketRegime[] Labels =
        [MarketRegime.Trend, MarketRegime.Undecided, MarketRegime.Chop, MarketRegime.Squeeze, MarketRegime.Range];

    [Theory]
    [InlineData(1, Bias.Bullish)]
    [InlineData(-1, Bias.Bearish)]
    public void Update_SteadyClimb_IsATrendOnceThereAre200Bars(int sign, Bias expected)
    {
        var detector = new RegimeDetector();
        for (var i = 0; i < 210; i++)
        {
            var price = 1000 + (sign * i);
            var reading = detector.Update(Hand.Bar(i, price, price + 2, price - 2, price + sign, frame: TimeFrame.H4));
            if (i < 199) Assert.Equal(MarketRegime.Undecided, reading.Label);
        }

        // A one-sided climb has ADX 100: confidence is capped at 1.
        var last = detector.Current;
        Assert.Equal((MarketRegime.Trend, expected, 1.0, expected),
            (last.Label, last.Direction, last.Confidence, last.H4Bias));
    }

    [Fact]
    public void Update_NewLabel_CountsAtTheSecondBar()
    {
        // Bar 199 is the 200th and the first that is known; the trend it finds counts at the next one.
        var (held, raw) = (new RegimeDetector(), new RegimeDetector(new() { HoldBars = 1 }));
        var seen = new List<(MarketRegime Held, MarketRegime Raw)>();
        for (var i = 0; i < 202; i++)
        {
            var bar = Hand.Bar(i, 1000 + i, 1002 + i, 998 + i, 1001 + i, frame: TimeFrame.H4);
            seen.Add((held.Update(bar).Label, raw.Update(bar).Label));
        }

        Assert.Equal((MarketRegime.Undecided, MarketRegime.Undecided), seen[198]);
        Assert.Equal((MarketRegime.Undecided, MarketRegime.Trend), seen[199]);
        Assert.Equal((MarketRegime.Trend, MarketRegime.Trend), seen[200]);
    }

    [Fact]
    public void Update_GapInTheLast60Bars_IsUndecidedAtOnceAndUntilItHasPassed()
    {
        var detector = new RegimeDetector();
        var labels = new List<MarketRegime>();
        for (var i = 0; i < 300; i++)
        {
            var hour = i < 220 ? i : i + 1;   // one candle is missing
            labels.Add(detector.Update(
                Hand.Bar(hour, 1000 + i, 1002 + i, 998 + i, 1001 + i, frame: TimeFrame.H4)).Label);
        }

        // Bar 220 is the first after the gap; with bar 279 the last 60 bars have none. Then two bars of hysteresis.
        Assert.Equal(MarketRegime.Trend, labels[219]);
        Assert.All(labels[220..280], label => Assert.Equal(MarketRegime.Undecided, label));
        Assert.Equal(MarketRegime.Trend, labels[280]);
    }

    [Fact]
    public void Update_NarrowBandsForTwelveBars_IsASqueezeUntilACloseOutsideWideningBands()
    {
        // A wide zigzag, then one that shrinks bar by bar: the width is the lowest of 90, ADX stays near 0.
        var detector = new RegimeDetector();
        var squeezes = 0;
        var i = 0;
        for (; i < 240; i++)
        {
            var half = i < 200 ? 10 : 10.0 / (i - 198);
            Step(i, 1000 + (i % 2 == 0 ? half : -half), half);
            if (detector.Current.Label == MarketRegime.Squeeze) squeezes++;
        }

        Assert.True(squeezes > 5);
        Assert.Equal(MarketRegime.Squeeze, detector.Current.Label);
        Assert.Equal(1, detector.Current.Confidence);

        Step(i, 1001.5, 2);   // closes above the upper band: released, but the label needs two bars to go
        Assert.Equal(0, detector.Current.SqueezeBars);
        Assert.Equal((MarketRegime.Squeeze, 0.0), (detector.Current.Label, detector.Current.Confidence));

        void Step(int at, double close, double half) =>
            detector.Update(Hand.Bar(at, 1000, Math.Max(1000, close) + half, Math.Min(1000, close) - half, close, frame: TimeFrame.H4));
    }

    [Fact]
    public void Update_TenSymbolsOfRealCandles_GivesThePublishedDistribution()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        // Spec 2.7, measured from the 200th bar of each file on, in percent and in the order of Labels.
        // A tenth of a percent is 22 of 21,660 bars: the figures are met to their last digit.
        double[] published = [43.8, 35.8, 14.5, 3.9, 2.1];
        double[] publishedRaw = [36.7, 43.2, 9.4, 8.1, 2.6];
        var rule = Distribution(RegimeOptions.Default);
        var raw = Distribution(RegimeOptions.Default with { HoldBars = 1, AdxLeave = 25, SqueezeRelease = false });

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"rule {string.Join(' ', rule.Select(p => $"{p:F2}"))}, raw {string.Join(' ', raw.Select(p => $"{p:F2}"))}");
        for (var i = 0; i < Labels.Length; i++)
        {
            Assert.Equal(published[i], rule[i], tolerance: 0.051);
            Assert.Equal(publishedRaw[i], raw[i], tolerance: 0.051);
        }
    }

    [Fact]
    public void Update_SeedOptions_FindMoreTrends()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        Assert.True(Distribution(RegimeOptions.Seed)[0] > Distribution(RegimeOptions.Default)[0] + 3);
    }

    [Fact]
    public void Carry_CutAnywhere_GoesOnBitIdentically() =>
        Hand.GoesOnAfterRestoring(
            () => new RegimeDetector(),
            (detector, bar) => detector.Update(bar),
            Hand.Walk(700, seed: 31, TimeFrame.H4, stepPercent: 2));

    [Fact]
    public void Update_OnceWarm_AllocatesNothing()
    {
        var detector = new RegimeDetector();

        Assert.Equal(0, Hand.AllocatedBy(bar => detector.Update(bar), Hand.Walk(600, seed: 1, TimeFrame.H4)));
    }

    private static double[] Distribution(RegimeOptions options)
    {
        var counts = new int[Labels.Length];
        foreach (var file in Directory.GetFiles(SharedData.Path("klines-spot-1h-4h"), "*-4h.csv.gz"))
        {
            var detector = new RegimeDetector(options);
            var bars = Klines.Read(file);
            for (var i = 0; i < bars.Length; i++)
            {
                var label = detector.Update(bars[i]).Label;
                if (i >= 199) counts[Array.IndexOf(Labels, label)]++;
            }
        }

        return [.. counts.Select(c => 100.0 * c / counts.Sum())];
    }
}
