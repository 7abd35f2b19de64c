using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;
using Xunit;

namespace FuturesBot.Simulator.Tests;

public sealed class GeneratedMarketTests
{
    private const int MinutesPerDay = 1440;
    private const long Start = 1_759_276_800_000;   // 2025-10-01T00:00Z

    public static TheoryData<long> Seeds => [1, 2, 3, 42, 20_251_010];

    [Theory, MemberData(nameof(Seeds))]
    public void Advance_TwoDays_EveryCandleIsSoundAndEveryMinuteIsThere(long seed)
    {
        var market = new GeneratedMarket(seed, Start);
        var closed = new Candle[market.Symbols.Count];
        var before = new Candle[closed.Length];
        for (var minute = 0; minute < 2 * MinutesPerDay; minute++)
        {
            market.Advance(closed);
            for (var i = 0; i < closed.Length; i++)
            {
                var where = $"seed {seed}, minute {minute}, {market.Symbols[i].Symbol}: {closed[i]}";
                Assert.True(closed[i].Fault(TimeFrame.M1) is null, where);
                Assert.True(closed[i].OpenTimeMs == Start + (minute * 60_000L), where);
                Assert.True(closed[i].Volume > 0 && closed[i].Trades > 0 && closed[i].QuoteVolume > 0, where);
                Assert.True(minute == 0 || closed[i].Open == before[i].Close, where);
                Assert.True(OnTick(closed[i], market.Symbols[i].Rules), where);
            }

            closed.CopyTo(before, 0);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Advance_SameSeed_IsTheSameMarket(long seed) =>
        Assert.Equal(Run(new(seed, Start), 300), Run(new(seed, Start), 300));

    [Fact]
    public void Advance_OtherSeed_IsAnotherMarket() =>
        Assert.NotEqual(Run(new(7, Start), 10), Run(new(8, Start), 10));

    [Fact]
    public void Advance_KnownSeed_GivesTheCandlesOfEveryMachine()
    {
        // The generator uses only arithmetic that is exact everywhere: these numbers may change with the
        // market's design, never with the machine.
        var last = Run(new(1, Start), 5_000)[^12];

        Assert.Equal((109_564, 109_614.8, 109_555.4, 109_606, 61.916), (last.Open, last.High, last.Low, last.Close, last.Volume));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 777)]
    [InlineData(3, 4_321)]
    public void Carry_CutAnywhere_GoesOnIdentically(long seed, int cut)
    {
        var whole = new GeneratedMarket(seed, Start);
        Run(whole, cut);
        var snapshot = StateSaver.Save(whole);

        var restored = new GeneratedMarket(seed, Start);
        StateRestorer.Restore(restored, snapshot);

        Assert.Equal(whole.MinuteOpenMs, restored.MinuteOpenMs);
        Assert.Equal(whole.At(3, 0.4), restored.At(3, 0.4));
        Assert.Equal(Run(whole, 500), Run(restored, 500));
        Assert.Equal(whole.OpenInterest(5), restored.OpenInterest(5));
    }

    [Fact]
    public void Carry_SnapshotOfAnotherSeed_IsRefused() =>
        Assert.Throws<SnapshotException>(() =>
            StateRestorer.Restore(new GeneratedMarket(2, Start), StateSaver.Save(new GeneratedMarket(1, Start))));

    [Theory, MemberData(nameof(Seeds))]
    public void At_ThroughTheMinute_GrowsIntoTheClosedCandle(long seed)
    {
        var market = new GeneratedMarket(seed, Start);
        var closed = new Candle[market.Symbols.Count];
        for (var minute = 0; minute < 30; minute++)
        {
            var ends = Enumerable.Range(0, closed.Length).Select(i => market.At(i, 1).SoFar).ToArray();
            for (var i = 0; i < closed.Length; i++) AssertGrows(market, i, seed);
            market.Advance(closed);
            Assert.Equal(closed, ends);
        }
    }

    [Fact]
    public void Constructor_StartOffTheMinute_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new GeneratedMarket(1, Start + 1));

    private static void AssertGrows(GeneratedMarket market, int symbol, long seed)
    {
        var end = market.At(symbol, 1).SoFar;
        var before = market.At(symbol, 0).SoFar;
        Assert.Equal((end.Open, end.Open, end.Open, 0.0), (before.High, before.Low, before.Close, before.Volume));
        for (var part = 1; part < 60; part++)
        {
            var now = market.At(symbol, part / 60.0).SoFar;
            var where = $"seed {seed}, second {part}: {now} of {end}";
            Assert.True(now.High >= before.High && now.Low <= before.Low && now.Volume >= before.Volume, where);
            Assert.True(now.High <= end.High && now.Low >= end.Low && now.Fault(TimeFrame.M1) is null, where);
            before = now;
        }

        Assert.Equal((end.High, end.Low), (before.High, before.Low));
    }

    private static bool OnTick(in Candle bar, SymbolRules rules) =>
        new[] { bar.Open, bar.High, bar.Low, bar.Close }.All(price => (decimal)price % rules.TickSize == 0)
        && (decimal)bar.Volume % rules.StepSize == 0;

    private static Candle[] Run(GeneratedMarket market, int minutes)
    {
        var count = market.Symbols.Count;
        var all = new Candle[minutes * count];
        for (var minute = 0; minute < minutes; minute++) market.Advance(all.AsSpan(minute * count, count));
        return all;
    }
}
