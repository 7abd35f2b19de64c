using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

public sealed class LevelWatchTests
{
    private const long Since = 600_000;
    private static readonly Symbol Eth = Symbol.Parse("ETHUSDT");
    private static readonly WatchedLevel Stop = new("stop", 95m, FromBelow: false);
    private static readonly WatchedLevel Target = new("tp1", 110m, FromBelow: true);
    private readonly LevelWatch _watch = new();
    private readonly List<LevelCrossing> _told = [];

    [Theory]
    [InlineData(94.9, "stop")]
    [InlineData(95, "stop")]
    [InlineData(110, "tp1")]
    [InlineData(200, "tp1")]
    public void OnPrice_AtOrBeyondALevel_TellsItOnce(double price, string level)
    {
        Watch("s1", Stop, Target);

        Assert.False(_watch.OnPrice(Eth, 100, Since + 1, _told));
        Assert.True(_watch.OnPrice(Eth, price, Since + 2, _told));
        Assert.False(_watch.OnPrice(Eth, price, Since + 3, _told));

        var crossing = Assert.Single(_told);
        Assert.Equal((level, (decimal)price, Since + 2), (crossing.Level, crossing.MarketPrice, crossing.AtMs));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0)]
    [InlineData(-1)]
    public void OnPrice_ThatIsNone_ReachesNothing(double price)
    {
        Watch("s1", Stop, Target);

        Assert.False(_watch.OnPrice(Eth, price, Since, _told));
    }

    [Fact]
    public void OnPrice_BeforeTheSignal_ReachesNothing()
    {
        Watch("s1", Stop);

        Assert.False(_watch.OnPrice(Eth, 90, Since - 1, _told));
        Assert.True(_watch.OnPrice(Eth, 90, Since, _told));
    }

    [Fact]
    public void Watch_TheSameAgain_DoesNotTellTwice_AndAMovedLevelIsAnother()
    {
        Watch("s1", Stop);
        _watch.OnPrice(Eth, 94, Since, _told);
        Watch("s1", Stop);
        Assert.False(_watch.OnPrice(Eth, 94, Since + 1, _told));

        Watch("s1", Stop with { Price = 94m });

        Assert.True(_watch.OnPrice(Eth, 94, Since + 2, _told));
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void Look_AtThePast_TellsWhatWasReachedSinceTheSignal()
    {
        Watch("s1", Stop, Target);

        _watch.Look("s1", [Minute(Since - 60_000, 90, 120), Minute(Since, 99, 101), Minute(Since + 60_000, 94, 101)], _told);

        var crossing = Assert.Single(_told);
        Assert.Equal(("stop", 94m, Since + 119_999), (crossing.Level, crossing.MarketPrice, crossing.AtMs));
        Assert.False(_watch.OnPrice(Eth, 94, Since + 200_000, _told));
    }

    [Fact]
    public void OnMinute_BegunBeforeTheSignal_CountsItsLastPriceAlone()
    {
        Watch("s1", Stop, Target);
        var running = Minute(Since - 30_000 - (Since - 30_000) % 60_000, 90, 120);

        _watch.OnMinute(new(new(Eth, TimeFrame.M1), running with { Close = 100 }, false, Since + 1), _told);
        Assert.Empty(_told);
        _watch.OnMinute(new(new(Eth, TimeFrame.M1), Minute(Since, 96, 111), false, Since + 2), _told);

        Assert.Equal("tp1", Assert.Single(_told).Level);
    }

    [Fact]
    public void Restore_WhatWasSaved_WatchesOnAndTellsNothingTwice()
    {
        Watch("s1", Stop, Target);
        _watch.OnPrice(Eth, 94, Since, _told);
        var other = new LevelWatch();
        other.Restore(_watch.Save());

        Assert.False(other.OnPrice(Eth, 94, Since + 1, _told));
        Assert.True(other.OnPrice(Eth, 111, Since + 2, _told));
        Assert.Equal([Eth], other.Symbols);
    }

    [Fact]
    public void Forget_TheLastOfASymbol_WatchesItNoMore()
    {
        Watch("s1", Stop);
        Watch("s2", Target);

        Assert.True(_watch.Forget("s1"));
        Assert.True(_watch.IsWatched(Eth));
        Assert.True(_watch.Forget("s2"));
        Assert.False(_watch.Forget("s2"));

        Assert.False(_watch.IsWatched(Eth));
        Assert.False(_watch.OnPrice(Eth, 1, Since, _told));
    }

    [Fact]
    public void Refusal_BeyondTheBounds_SaysWhichOne()
    {
        for (var i = 0; i < LevelWatch.SignalsMax; i++) Watch($"s{i}", Stop);

        Assert.Contains("1000 signals", _watch.Refusal("one-more", [Stop]), StringComparison.Ordinal);
        Assert.Null(_watch.Refusal("s7", [Stop]));
        Assert.Contains("9 levels", _watch.Refusal("s7", [.. Enumerable.Range(0, 9).Select(i => Stop with { Name = $"l{i}" })]), StringComparison.Ordinal);
        Assert.Contains("was 0", _watch.Refusal("s7", [Stop with { Price = 0 }]), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Watch("one-more", Stop));
    }

    [Fact]
    public void OnPrice_ThatReachesNothing_TakesNoMemory()
    {
        Watch("s1", Stop, Target);
        _watch.OnPrice(Eth, 100, Since, _told);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10_000; i++) _watch.OnPrice(Eth, 100, Since + i, _told);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private void Watch(string id, params WatchedLevel[] levels) => _watch.Watch(new(id, Eth, Since, levels));

    private static Candle Minute(long openMs, double low, double high) => new(openMs, 100, high, low, 100, 1);
}
