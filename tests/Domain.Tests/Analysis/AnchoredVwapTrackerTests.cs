using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class AnchoredVwapTrackerTests
{
    [Fact]
    public void Update_SwingLeftByAnImpulse_IsAnchorOnceBothAreKnownAndReachesBackToTheSwing()
    {
        var market = new Market();
        market.Quiet(20);
        market.Hour(high: 101, low: 96, close: 99);     // bar 20: the low
        market.Quiet(2);
        Assert.False(market.Tracker.HasAnchor);         // 96 → 101 is more than 1.5 ATR, but not yet a swing
        market.Quiet(1);

        Assert.True(market.Tracker.HasAnchor);
        Assert.Equal((20, 96.0, 23, Side.Long), (market.Tracker.Anchor.BarIndex, market.Tracker.Anchor.Price,
            market.Tracker.Anchor.KnownAtIndex, market.Tracker.AnchorSide));
        Assert.Equal(24 * TimeFrame.H1.Ms(), market.Tracker.KnownMs);

        // One bar of the low, (101 + 96 + 99)/3 · 4 quarters, and three quiet ones of (101 + 99 + 100)/3 = 100.
        Assert.Equal(((296.0 / 3) + 300) / 4, market.Tracker.Current.Value, precision: 9);
    }

    [Fact]
    public void Update_SwingWithoutAnImpulseWithinTwelveBars_IsNoAnchor()
    {
        var market = new Market();
        market.Quiet(20);
        market.Hour(101, 98.5, 100);                    // 98.5 → 101 is 2.5, less than 1.5 · ATR of about 2
        market.Quiet(14);
        market.Hour(105, 99, 104);                      // too late

        Assert.False(market.Tracker.HasAnchor);
        Assert.False(market.Tracker.Current.IsAvailable);
    }

    [Fact]
    public void Update_ImpulseAfterTheConfirmation_AnchorsThen()
    {
        var market = new Market();
        market.Quiet(20);
        market.Hour(101, 98.5, 100);
        market.Quiet(5);
        Assert.False(market.Tracker.HasAnchor);
        market.Hour(102.5, 99, 102);                    // 98.5 → 102.5 = 4 within 6 bars

        Assert.True(market.Tracker.HasAnchor);
        Assert.Equal(98.5, market.Tracker.Anchor.Price);
        Assert.Equal(27 * TimeFrame.H1.Ms(), market.Tracker.KnownMs);
    }

    [Fact]
    public void Update_NewImpulseSoonAfterAndNearby_DoesNotChangeTheAnchor()
    {
        var market = Anchored();
        market.Quiet(9);                                 // the lock of 8 is over
        market.Hour(101, 95.5, 99);                      // a new low with an impulse, 4.5 from the anchor's 96 …
        market.Quiet(3);                                 // … but closes at 100: 4 from the anchor, 2 ATR are 4.5

        Assert.Equal(96, market.Tracker.Anchor.Price);
    }

    [Fact]
    public void Update_NewImpulseAndThirtyHours_ChangesTheAnchor()
    {
        var market = Anchored();
        market.Quiet(26);
        market.Hour(101, 95.5, 99);
        market.Quiet(3);

        Assert.Equal(95.5, market.Tracker.Anchor.Price);
    }

    [Fact]
    public void Update_NewImpulseAndFarFromTheAnchor_WaitsForTheLockOnly()
    {
        // The price goes to 110 at once, where a swing high with its impulse down follows.
        var market = Anchored();
        market.Hour(111, 100, 110);
        market.Hour(116, 109, 110);
        for (var i = 0; i < 3; i++) market.Hour(111, 107, 109);
        Assert.Equal(96, market.Tracker.Anchor.Price);   // locked: five bars since it was taken
        for (var i = 0; i < 3; i++) market.Hour(111, 107, 109);

        Assert.Equal((116.0, Side.Short), (market.Tracker.Anchor.Price, market.Tracker.AnchorSide));
    }

    [Fact]
    public void Update_AnchorOlderThanItsTime_IsForgotten()
    {
        var market = Anchored();                         // anchor at bar 20
        market.Quiet(57);                                // up to bar 80
        Assert.True(market.Tracker.HasAnchor);
        market.Quiet(1);

        Assert.False(market.Tracker.HasAnchor);
        Assert.False(market.Tracker.Current.IsAvailable);
    }

    [Fact]
    public void Update_SeriesShorterThanTheWayBack_IsUnavailable()
    {
        var market = new Market(keep: 8);
        market.Quiet(20);
        market.Hour(101, 96, 99);
        market.Quiet(3);

        Assert.True(market.Tracker.HasAnchor);
        Assert.False(market.Tracker.Current.IsAvailable);
    }

    [Fact]
    public void Update_LongWalk_EqualsAVwapFromTheAnchorAndIsNeverThereBeforeItWasKnown()
    {
        var market = new Market();
        var anchors = new HashSet<double>();
        foreach (var hour in Hand.Walk(1500, seed: 14, TimeFrame.H1, stepPercent: 2))
        {
            market.Hour(hour.High, hour.Low, hour.Close);
            if (!market.Tracker.HasAnchor) continue;
            anchors.Add(market.Tracker.Anchor.Price);
            Assert.True(market.Tracker.KnownMs <= market.NowMs);
            Assert.True(market.Tracker.Anchor.KnownAtIndex < market.NowMs / TimeFrame.H1.Ms());
            var vwap = new AnchoredVwap(market.Tracker.Anchor.TimeMs).Over(market.Quarters);
            Assert.Equal(vwap[^1].Value, market.Tracker.Current.Value, precision: 9);
        }

        Assert.True(anchors.Count > 5, $"{anchors.Count}");
    }

    [Fact]
    public void Carry_CutAnywhere_GoesOnBitIdentically() =>
        Hand.GoesOnAfterRestoring(
            () => new Both(),
            (both, bar) =>
            {
                both.Update(bar);
                return (both.Tracker.Current, both.Tracker.HasAnchor, both.Tracker.Anchor, both.Tracker.KnownMs);
            },
            Hand.Walk(700, seed: 23, TimeFrame.H1, stepPercent: 2));

    private static Market Anchored()
    {
        var market = new Market();
        market.Quiet(20);
        market.Hour(101, 96, 99);
        market.Quiet(3);
        Assert.Equal(96, market.Tracker.Anchor.Price);
        return market;
    }

    /// <summary>Hours made by hand, each of four equal quarters of volume 1.</summary>
    private sealed class Market(int keep = 512)
    {
        private readonly CandleSeries _series = new(TimeFrame.M15, keep);
        private int _hours;

        public AnchoredVwapTracker Tracker { get; } = new();

        public List<Candle> Quarters { get; } = [];

        public long NowMs => _hours * TimeFrame.H1.Ms();

        public void Quiet(int hours)
        {
            for (var i = 0; i < hours; i++) Hour(101, 99, 100);
        }

        public void Hour(double high, double low, double close)
        {
            for (var quarter = 0; quarter < 4; quarter++)
            {
                // At the full hour the longer frame comes first.
                if (quarter == 3) Tracker.UpdateHigher(Hand.Bar(_hours, close, high, low, close, 4, frame: TimeFrame.H1));
                var bar = Hand.Bar((_hours * 4) + quarter, close, high, low, close, 1);
                _series.Append(bar);
                Quarters.Add(bar);
                Tracker.Update(_series);
            }

            _hours++;
        }
    }

    /// <summary>The tracker over 1h bars on both sides, with the series it needs.</summary>
    private sealed class Both : IStateful
    {
        private readonly CandleSeries _series = new(TimeFrame.H1, 128);

        public AnchoredVwapTracker Tracker { get; } = new();

        public void Update(in Candle bar)
        {
            Tracker.UpdateHigher(bar);
            _series.Append(bar);
            Tracker.Update(_series);
        }

        public void Carry(StateCarrier carrier)
        {
            _series.Carry(carrier);
            Tracker.Carry(carrier);
        }
    }
}
