using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class RollingVolumeProfileTests
{
    private const double Tick = 0.01;

    [Fact]
    public void Update_HandMadeWindow_SpreadsEachCandleOverItsBins()
    {
        // Price 100 at 00:00 → bins of 0.10. 95 flat candles of volume 1 at 100.05, then one over
        // [100.00, 101.00] with volume 100: ten bins of 10, the lowest 95 more.
        var profile = new RollingVolumeProfile(Tick);
        for (var i = 0; i < 95; i++) profile.Update(Hand.Bar(i, 100, 100.05, 100.05, 100.05, volume: 1));
        Assert.False(profile.Current.IsAvailable);
        profile.Update(Hand.Bar(95, 100.5, 101.00, 100.00, 100.5, volume: 100));

        // 70 % of 195 is 136.5. POC 105; +20 → 125; +20 → 145: bins 0..4.
        var reading = profile.Current;
        Assert.True(reading.IsAvailable);
        Assert.Equal(10, reading.Bins);
        Assert.Equal(195, reading.Total, precision: 9);
        Assert.Equal((0.10, 100.05, 100.00, 100.50),
            (reading.BinWidth, Math.Round(reading.Poc, 9), Math.Round(reading.Val, 9), Math.Round(reading.Vah, 9)));
    }

    [Fact]
    public void Update_WindowNotYetFullOrFewerThanTenBins_IsUnavailable()
    {
        var profile = new RollingVolumeProfile(Tick);
        for (var i = 0; i < 96; i++)
        {
            Assert.False(profile.Current.IsAvailable);
            profile.Update(Hand.Bar(i, 100, 100.85, 100.05, 100.5));   // nine bins of 0.10
        }

        Assert.Equal(9, profile.Current.Bins);
        Assert.False(profile.Current.IsAvailable);
        Assert.True(double.IsNaN(profile.Migration()));
    }

    [Fact]
    public void Update_RangeOfMoreThan200Bins_MergesPairsAndUndoesItLater()
    {
        // 30 % of the price are 300 bins of 0.10: merged once, to 0.20. A day later the candle has left.
        var profile = new RollingVolumeProfile(Tick);
        profile.Update(Hand.Bar(0, 100, 130, 100, 100));
        for (var i = 1; i < 96; i++) profile.Update(Hand.Bar(i, 100, 102, 100, 100));
        Assert.Equal(0.20, profile.Current.BinWidth, precision: 9);
        Assert.Equal(151, profile.Current.Bins, tolerance: 1);

        profile.Update(Hand.Bar(96, 100, 102, 100, 100));
        Assert.Equal(0.10, profile.Current.BinWidth, precision: 9);
        Assert.Equal(20, profile.Current.Bins);
    }

    [Theory]
    [InlineData(1, 0.4)]
    [InlineData(2, 1.5)]
    [InlineData(3, 6.0)]    // wide enough to merge
    public void Update_LongWalk_EqualsAProfileMadeAnewFromTheWindow(int seed, double stepPercent)
    {
        var bars = Hand.Walk(1500, seed, stepPercent: stepPercent);
        var profile = new RollingVolumeProfile(Tick);
        for (var i = 0; i < bars.Length; i++)
        {
            profile.Update(bars[i]);
            if (i < 95 || i % 7 != 0) continue;
            var day = i / 96 * 96;
            var expected = Plain(bars.AsSpan(i - 95, 96), day == 0 ? bars[0].Open : bars[day - 1].Close);
            var actual = profile.Current;
            Assert.True(
                Close(expected.Poc, actual.Poc) && Close(expected.Val, actual.Val) && Close(expected.Vah, actual.Vah)
                    && expected.Bins == actual.Bins && Close(expected.Total, actual.Total),
                $"seed {seed}, bar {i}: expected {expected}, was {actual}");
        }
    }

    [Fact]
    public void Update_VolumeGrowingAThousandfoldWithinADay_StaysExact()
    {
        var bars = Hand.Walk(480, seed: 9).Select((b, i) => b with { Volume = b.Volume * (1 + ((long)i * i * i)) }).ToArray();
        var profile = new RollingVolumeProfile(Tick);
        foreach (var bar in bars) profile.Update(bar);

        Assert.Equal(bars[^96..].Sum(b => b.Volume), profile.Current.Total, bars[^96..].Sum(b => b.Volume) * 1e-9);
    }

    [Fact]
    public void Update_VolumeOfZeroThenSome_CountsWhatCame()
    {
        var profile = new RollingVolumeProfile(Tick);
        for (var i = 0; i < 95; i++) profile.Update(Hand.Bar(i, 100, 101, 100, 100, volume: 0));
        profile.Update(Hand.Bar(95, 100, 101.5, 100, 100, volume: 15));

        Assert.Equal((15, 15.0), (profile.Current.Bins, Math.Round(profile.Current.Total, 9)));
    }

    [Fact]
    public void Update_AfterAGap_DropsWhatIsOlderThanTheWindow()
    {
        var profile = new RollingVolumeProfile(Tick);
        for (var i = 0; i < 96; i++) profile.Update(Hand.Bar(i, 100, 101.5, 100, 100));
        profile.Update(Hand.Bar(200, 100, 101.5, 100, 100, volume: 7));

        Assert.Equal(7, profile.Current.Total, precision: 9);
    }

    [Fact]
    public void Update_PricesAndTickTimesAPowerOfTwo_ScaleTheReadingExactly()
    {
        var (one, four) = (new RollingVolumeProfile(Tick), new RollingVolumeProfile(Tick * 4));
        foreach (var bar in Hand.Walk(400, seed: 4))
        {
            one.Update(bar);
            four.Update(bar with { Open = bar.Open * 4, High = bar.High * 4, Low = bar.Low * 4, Close = bar.Close * 4 });
            Assert.Equal((one.Current.Poc * 4, one.Current.Val * 4, one.Current.Bins),
                (four.Current.Poc, four.Current.Val, four.Current.Bins));
        }
    }

    [Fact]
    public void Update_SingleRule_DiffersFromThePairRule()
    {
        var (pair, single) = (new RollingVolumeProfile(Tick), new RollingVolumeProfile(Tick, ProfileOptions.Seed));
        var differ = 0;
        foreach (var bar in GoldenMarket.Bars(600))
        {
            pair.Update(bar);
            single.Update(bar);
            Assert.Equal(pair.Current.Poc, single.Current.Poc);
            if (pair.Current.IsAvailable && pair.Current.Vah != single.Current.Vah) differ++;
        }

        Assert.True(differ > 0);
    }

    [Fact]
    public void Ago_WhileMoreBarsArrive_KeepsWhatWasRead()
    {
        var profile = new RollingVolumeProfile(Tick);
        var read = new List<ProfileReading>();
        foreach (var bar in Hand.Walk(300, seed: 6))
        {
            profile.Update(bar);
            read.Add(profile.Current);
            for (var ago = 0; ago < Math.Min(20, read.Count); ago++) Assert.Equal(read[^(ago + 1)], profile.Ago(ago));
        }

        Assert.Equal((read[^1].Poc - read[^5].Poc) / (read[^1].Vah - read[^1].Val), profile.Migration());
    }

    [Fact]
    public void Update_OneMinuteInput_ReadsAtEachQuarter()
    {
        var profile = new RollingVolumeProfile(Tick, new() { Input = TimeFrame.M1 });
        foreach (var bar in Hand.Walk(1440 + 15, seed: 8, TimeFrame.M1)) profile.Update(bar);

        Assert.True(profile.Ago(0).IsAvailable);
        Assert.True(profile.Ago(1).IsAvailable);
        Assert.False(profile.Ago(2).IsAvailable);   // the window was full at minute 1440 for the first time
    }

    [Fact]
    public void Nodes_TwoHumps_FindsThemAndTheValley()
    {
        var profile = new RollingVolumeProfile(Tick);
        foreach (var i in Enumerable.Range(0, 96))
        {
            // A floor of 1 over 100.0–102.0, humps at 100.45 and 101.55, nothing special between.
            profile.Update(i switch
            {
                0 => Hand.Bar(i, 100, 102, 100, 100, volume: 20),
                1 => Hand.Bar(i, 100, 100.45, 100.45, 100, volume: 50),
                2 => Hand.Bar(i, 100, 101.55, 101.55, 100, volume: 30),
                _ => Hand.Bar(i, 100, 101, 101, 100, volume: 0),
            });
        }

        Assert.Equal(
            [(VolumeNodeKind.High, 100.45, 51), (VolumeNodeKind.High, 101.55, 31)],
            profile.Nodes().Select(n => (n.Kind, Math.Round(n.Price, 6), Math.Round(n.Volume, 6))));
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(6.0)]
    public void Carry_CutAnywhere_GoesOnBitIdentically(double stepPercent) =>
        Hand.GoesOnAfterRestoring(
            () => new RollingVolumeProfile(Tick),
            (profile, bar) =>
            {
                profile.Update(bar);
                return (profile.Current, profile.Migration());
            },
            Hand.Walk(500, seed: 13, stepPercent: stepPercent));

    [Fact]
    public void Update_OnceWarm_AllocatesNothing()
    {
        var profile = new RollingVolumeProfile(Tick);

        Assert.Equal(0, Hand.AllocatedBy(bar => profile.Update(bar), Hand.Walk(800, seed: 1)));
    }

    [Fact]
    public void Update_SessionWindow_StartsAnewWithEachSession()
    {
        // Asia from bar 0, Europe from bar 28 (07:00), US from bar 52 (13:00), none from bar 88 (22:00)
        var profile = new RollingVolumeProfile(Tick, Session);
        var totals = new List<double>();
        for (var i = 0; i < 96; i++)
        {
            profile.Update(Hand.Bar(i, 100, 102, 100, 101, volume: 1));
            totals.Add(profile.Current.IsAvailable ? Math.Round(profile.Current.Total, 9) : double.NaN);
            if (i is >= 28 and < 32 or >= 52 and < 56)
                Assert.True(double.IsNaN(profile.Migration()), $"bar {i} compares two sessions");
        }

        double[] expected =
        [
            .. Enumerable.Range(1, 28), .. Enumerable.Range(1, 24), .. Enumerable.Range(1, 36), .. Enumerable.Repeat(double.NaN, 8),
        ];
        Assert.Equal(expected, totals);
        Assert.Equal(95 * 900_000, profile.FromMs);   // outside of sessions nothing is gathered

        profile.Update(Hand.Bar(96, 100, 102, 100, 101, volume: 1));
        Assert.Equal((1, 96 * 900_000L), (Math.Round(profile.Current.Total, 9), profile.FromMs!.Value));
    }

    [Fact]
    public void Update_SessionThatBeganBeforeTheData_IsUnavailable()
    {
        var profile = new RollingVolumeProfile(Tick, Session);
        for (var i = 30; i < 52; i++)
        {
            profile.Update(Hand.Bar(i, 100, 102, 100, 101));
            Assert.False(profile.Current.IsAvailable, $"bar {i}");
        }

        profile.Update(Hand.Bar(52, 100, 102, 100, 101));
        Assert.True(profile.Current.IsAvailable);
    }

    [Fact]
    public void Carry_SessionWindowCutAnywhere_GoesOnBitIdentically() =>
        Hand.GoesOnAfterRestoring(
            () => new RollingVolumeProfile(Tick, Session),
            (profile, bar) =>
            {
                profile.Update(bar);
                return (profile.Current, profile.Migration(), profile.FromMs);
            },
            Hand.Walk(500, seed: 17, stepPercent: 2));

    [Fact]
    public void Histogram_HoldsTheWholeVolumeOnTheGrid()
    {
        var profile = new RollingVolumeProfile(Tick);
        foreach (var bar in Hand.Walk(200, seed: 5)) profile.Update(bar);

        var bins = profile.Histogram();

        Assert.Equal(profile.Current.Bins, bins.Count);
        Assert.Equal(profile.Current.Total, bins.Sum(bin => bin.Volume), precision: 6);
        Assert.Equal(profile.Current.Poc, bins.MaxBy(bin => bin.Volume) is var most ? (most.Low + most.High) / 2 : 0, precision: 9);
        for (var i = 1; i < bins.Count; i++) Assert.Equal(bins[i - 1].High, bins[i].Low);
    }

    private static ProfileOptions Session => ProfileOptions.Default with { Window = ProfileWindow.Session };

    private static bool Close(double expected, double actual) =>
        (double.IsNaN(expected) && double.IsNaN(actual)) || Math.Abs(expected - actual) < 1e-6 * Math.Abs(expected);

    /// <summary>The specification, word by word and slowly.</summary>
    private static ProfileReading Plain(ReadOnlySpan<Candle> window, double priceAtMidnight)
    {
        var width = Math.Max(1, Math.Round(priceAtMidnight * 0.001 / Tick, MidpointRounding.AwayFromZero)) * Tick;
        var (low, high) = (double.MaxValue, 0.0);
        foreach (var bar in window) (low, high) = (Math.Min(low, bar.Low), Math.Max(high, bar.High));
        while (Math.Floor((high + 1e-9) / width) - Math.Floor((low + 1e-9) / width) + 1 > 200) width *= 2;
        var first = (int)Math.Floor((low + 1e-9) / width);
        var bins = new double[(int)Math.Ceiling((high - 1e-9) / width) - first];
        foreach (var bar in window)
        {
            for (var i = 0; i < bins.Length; i++)
            {
                var (bottom, top) = ((first + i) * width, (first + i + 1) * width);
                bins[i] += bar.Range > 1e-9
                    ? bar.Volume * Math.Max(0, Math.Min(top, bar.High) - Math.Max(bottom, bar.Low)) / bar.Range
                    : bar.Low >= bottom - 1e-9 && bar.Low < top - 1e-9 ? bar.Volume : 0;
            }
        }

        // Bins that the same candles cover are equal; without rounding this sum would break the tie by chance.
        var area = ValueArea.Of([.. bins.Select(bin => Math.Round(bin, 6))], ValueAreaRule.Pair);
        return new(
            (first + area.Poc + 0.5) * width, (first + area.Low) * width, (first + area.High + 1) * width,
            width, bins.Sum(), bins.Length);
    }
}
