using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using Xunit;

namespace FuturesBot.Domain.Tests.Risk;

public sealed class StopPlacementTests
{
    private static readonly SymbolRules Rules = SymbolRules.FromTick(0.01m);

    [Fact]
    public void Anchor_WithoutZones_IsTheStop() =>
        Assert.Equal(new(98.03m, StopBasis.Anchor, null), Place(new(Side.Long, 100, 1, Anchor: 98.03)));

    [Fact]
    public void Anchor_ZoneJustBeyond_GoesBehindItsFarEdge()
    {
        // 97.5 − 0.1 · ATR = 97.40
        var stop = Place(new(Side.Long, 100, 1, Anchor: 98.2), new ZoneEdge(97.5, 97.9));

        Assert.Equal(new(97.4m, StopBasis.Zone, null), stop);
    }

    [Fact]
    public void Anchor_ZoneBeyondOneAtr_IsLeftAlone() =>
        Assert.Equal(
            StopBasis.Anchor, Place(new(Side.Long, 100, 1, Anchor: 98.93), new ZoneEdge(97.5, 97.9)).Basis);

    [Fact]
    public void Anchor_ZoneThatWouldPassThreeAtr_IsLeftAlone() =>
        Assert.Equal(
            new(97.55m, StopBasis.Anchor, null),
            Place(new(Side.Long, 100, 1, Anchor: 97.55), new ZoneEdge(96.95, 97.3)));

    [Fact]
    public void Anchor_ZonesSwitchedOff_StaysPut() =>
        Assert.Equal(
            StopBasis.Anchor,
            Place(new(Side.Long, 100, 1, Anchor: 98.2, UseZones: false), new ZoneEdge(97.5, 97.9)).Basis);

    [Fact]
    public void Short_MirrorsLong()
    {
        var stop = Place(new(Side.Short, 100, 1, Anchor: 101.8), new ZoneEdge(102.1, 102.5));

        Assert.Equal(new(102.6m, StopBasis.Zone, null), stop);
    }

    [Fact]
    public void WithoutAnchor_TakesTheNearestZoneThatFits()
    {
        var stop = Place(
            new(Side.Long, 100, 1), new ZoneEdge(97.5, 97.8), new ZoneEdge(98.5, 98.9), new ZoneEdge(101, 102));

        Assert.Equal(new(98.4m, StopBasis.Zone, null), stop);
    }

    [Fact]
    public void WithoutAnchorOrZone_TakesTheSwing() =>
        Assert.Equal(
            new(97.9m, StopBasis.Swing, null),
            Place(new(Side.Long, 100, 1, LastSwing: 98), new ZoneEdge(96, 96.5)));

    [Fact]
    public void WithoutAnythingNear_TakesTwoAtr() =>
        Assert.Equal(new(98.05m, StopBasis.Atr, null), Place(new(Side.Long, 100.05, 1, LastSwing: 95)));

    [Fact]
    public void NearStop_IsWidenedToThreeTenthsOfAtr() =>
        Assert.Equal(new(99.75m, StopBasis.Anchor, null), Place(new(Side.Long, 100.05, 1, Anchor: 99.99)));

    [Theory]
    [InlineData(97.0, null)]
    [InlineData(96.99, Refusal.StopTooFar)]
    public void FarStop_AboveThreeAtr_IsRefused(double anchor, Refusal? why) =>
        Assert.Equal(why, Place(new(Side.Long, 100, 1, Anchor: anchor)).Why);

    [Fact]
    public void FarStop_Above15Percent_IsRefused() =>
        Assert.Equal(Refusal.StopTooWide, Place(new(Side.Long, 100, 8, Anchor: 84.9)).Why);

    [Theory]
    [InlineData(Side.Long, 98.0, 97.98)]     // 98.00 = 98 · 100 ticks
    [InlineData(Side.Short, 102.0, 102.02)]
    [InlineData(Side.Long, 98.01, 98.01)]
    public void RoundNumber_MovesTwoTicksOutward(Side side, double anchor, double expected) =>
        Assert.Equal((decimal)expected, Place(new(side, 100, 1, Anchor: anchor)).Price);

    [Fact]
    public void OffTickLevel_RoundsOutward() =>
        Assert.Equal(98.23m, Place(new(Side.Long, 100, 1, Anchor: 98.239)).Price);

    [Fact]
    public void Seed_FarAndNearStops_StayAsTheyAre()
    {
        var near = StopPlacement.Place(RiskOptions.Seed, Rules, new(Side.Long, 100, 1, Anchor: 99.9), []);
        var far = StopPlacement.Place(RiskOptions.Seed, Rules, new(Side.Long, 100, 1, Anchor: 96), []);

        Assert.Equal((99.9m, 96m, null), (near.Price, far.Price, far.Why));
    }

    [Fact]
    public void AtrUnavailable_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Place(new(Side.Long, 100, double.NaN, Anchor: 98)));

    [Fact]
    public void AnyZones_StopIsNeverNearerThanTheAnchorNorBeyondTheGuard()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var side = random.Next(2) == 0 ? Side.Long : Side.Short;
            var anchor = 100 - ((int)side * (0.4 + (random.NextDouble() * 2.6)));
            var zones = Enumerable.Range(0, 6).Select(_ => 94 + (random.NextDouble() * 12))
                .Select(low => new ZoneEdge(low, low + random.NextDouble())).ToArray();

            var stop = Place(new(side, 100, 1, anchor), zones);

            Assert.True(stop.Why is null, $"seed {seed}");
            Assert.True((int)side * ((double)stop.Price - anchor) <= 0, $"seed {seed}: {stop} for {anchor}");
            Assert.True(Math.Abs(100 - stop.Price) <= 3.03m, $"seed {seed}: {stop}");   // guard + 3 ticks
        }
    }

    private static StopDecision Place(StopRequest request, params ZoneEdge[] zones) =>
        StopPlacement.Place(RiskOptions.Default, Rules, request, zones);
}
