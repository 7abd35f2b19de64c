using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class ZoneBookTests
{
    private const double Atr = 2;   // every warm-up bar below has a true range of 2

    [Fact]
    public void Update_SwingLow_IsASupportWhenItsThreeBarsOnTheRightAreClosed()
    {
        var market = new Hours();
        market.Quiet(20, at: 100);
        market.Add(high: 101, low: 97, close: 99);           // the low
        var index = market.Count - 1;
        market.Quiet(2, at: 100);
        Assert.Equal(0, market.Book.All.Length);
        market.Quiet(1, at: 100);

        // ATR after TRs of 2, then 4, then 2, 2, 2: 2 + 2/14 = 2.142857, then ·13/14 + 2/14 three times.
        var atr = 2 + (2.0 / 14 * (13.0 / 14) * (13.0 / 14) * (13.0 / 14));
        var zone = Assert.Single(market.Book.All.ToArray());
        Assert.Equal((ZoneRole.Support, TimeFrame.H1, 97.0, 1), (zone.Role, zone.Source, zone.Centre, zone.Touches));
        Assert.Equal(97 - (0.25 * atr), zone.Low, precision: 12);
        Assert.Equal(97 + (0.25 * atr), zone.High, precision: 12);
        Assert.Equal((index + 4) * TimeFrame.H1.Ms(), zone.BornMs);
        Assert.Equal(Math.Min(4 / atr, 2), zone.Strength, precision: 12);   // 97 → 101 within three bars
    }

    [Fact]
    public void Update_TinyAtr_KeepsAHalfWidthOf75HundredthsOfAPermille()
    {
        var market = new Hours();
        for (var i = 0; i < 20; i++) market.Add(1000.01, 1000, 1000);
        market.Add(1000.01, 999.9, 1000);
        for (var i = 0; i < 3; i++) market.Add(1000.01, 1000, 1000);

        var zone = Assert.Single(market.Book.All.ToArray());
        Assert.Equal(999.9 * 0.00075, zone.Centre - zone.Low, precision: 9);
    }

    [Fact]
    public void Update_TwoLowsCloserThanThreeQuartersOfAnAtr_BecomeOneZone()
    {
        var market = new Hours();
        market.Quiet(20, at: 100);
        market.Low(97, after: 12);
        market.Low(96.2, after: 6);

        var zone = Assert.Single(market.Book.All.ToArray());
        Assert.InRange(zone.Centre, 96.2, 97);
        Assert.True(zone.High - zone.Low <= 1.25 * 2 * 0.25 * Atr * 1.2, $"{zone}");
        Assert.Equal(2, zone.Touches);
        Assert.True(zone.Strength > 2, $"{zone}");
    }

    [Fact]
    public void Update_HourlyHighInADailySupport_JoinsItWithoutTurningIt()
    {
        var book = new ZoneBook();
        for (var day = 0; day < 23; day++)
            book.Update(TimeFrame.D1, Hand.Bar(day, 100, 101, day == 20 ? 97 : 99, 100, frame: TimeFrame.D1));
        var before = Assert.Single(book.All.ToArray());
        for (var hour = 0; hour < 24; hour++)
            book.Update(TimeFrame.H1, Hand.Bar((23 * 24) + hour, 94, hour == 20 ? 97 : 95, 93, 94, frame: TimeFrame.H1));

        var zone = Assert.Single(book.All.ToArray());
        Assert.Equal((ZoneRole.Support, TimeFrame.D1, 2), (zone.Role, zone.Source, zone.Touches));
        Assert.True(zone.Strength > before.Strength);
        Assert.Equal(before.BornMs, zone.BornMs);
    }

    [Fact]
    public void Update_TwoLowsFartherApart_StayTwoZones()
    {
        var market = new Hours();
        market.Quiet(20, at: 100);
        market.Low(97, after: 12);
        market.Low(94, after: 6);

        Assert.Equal([94.0, 97.0], market.Book.All.ToArray().Select(z => z.Centre));
    }

    [Fact]
    public void Update_ThreeClosesBeyond_BreakAndTwoMoreTurnTheRole()
    {
        var market = new Hours();
        market.Quiet(20, at: 100);
        market.Low(97, after: 8);

        market.Fall(2, to: 95);
        Assert.Contains(market.Book.All.ToArray(), z => z.Centre == 97 && z.Role == ZoneRole.Support && z.Flips == 0);
        market.Fall(1, to: 95);
        Assert.DoesNotContain(market.Book.All.ToArray(), z => z.Centre == 97);   // broken
        market.Fall(1, to: 95);
        Assert.DoesNotContain(market.Book.All.ToArray(), z => z.Centre == 97);   // one close of hold
        market.Fall(1, to: 95);
        Assert.Contains(market.Book.All.ToArray(), z => z.Centre == 97 && z.Role == ZoneRole.Resistance && z.Flips == 1);
    }

    [Fact]
    public void Update_TwoClosesBeyondAndBack_DoNotBreak()
    {
        var market = new Hours();
        market.Quiet(20, at: 100);
        market.Low(97, after: 8);
        market.Fall(2, to: 95);
        market.Quiet(1, at: 99);
        market.Fall(2, to: 95);

        Assert.Contains(market.Book.All.ToArray(), z => z.Centre == 97 && z.Role == ZoneRole.Support);
    }

    [Fact]
    public void Update_TouchesWithinFiveBars_CountOnce()
    {
        // The low itself at bar 0. Touches at bars 4, 6 and 7 after it: 6 is the next that counts, 7 too near to it.
        var market = new Hours();
        market.Quiet(20, at: 100);
        market.Low(97, after: 3);
        Assert.Equal(1, market.Zone(97).Touches);

        market.Add(101, 97.1, 100);
        Assert.Equal(1, market.Zone(97).Touches);
        market.Quiet(1, at: 100);
        market.Add(101, 97.1, 100);
        Assert.Equal(2, market.Zone(97).Touches);
        market.Add(101, 97.1, 100);
        Assert.Equal(2, market.Zone(97).Touches);
    }

    [Fact]
    public void Update_ThirtyDaysLater_StrengthIsHalved()
    {
        var market = new Hours();
        market.Quiet(20, at: 100);
        market.Low(97, after: 10);
        var before = market.Zone(97).Strength;
        market.Quiet(30 * 24, at: 100);

        Assert.True(before > 0);
        Assert.Equal(before / 2, market.Zone(97).Strength, precision: 12);
    }

    [Fact]
    public void Update_1500BarsAfterTheSwing_TheZoneIsGone()
    {
        var market = new Hours();
        market.Quiet(20, at: 100);
        market.Low(97, after: 1500);
        Assert.Contains(market.Book.All.ToArray(), z => z.Centre == 97);
        market.Quiet(1, at: 100);

        Assert.DoesNotContain(market.Book.All.ToArray(), z => z.Centre == 97);
    }

    [Fact]
    public void Supports_WithoutADailyAtr_AreUnavailable()
    {
        var market = new Hours();
        market.Quiet(20, at: 100);
        market.Low(97, after: 8);

        Assert.Equal((1, 0), (market.Book.All.Length, market.Book.Supports.Length));
        Assert.False(market.Book.TryFind(99, 95, out _));
    }

    [Fact]
    public void Supports_RealisticMarket_AreTheNearestThreeWithinReach()
    {
        var book = new ZoneBook();
        var checks = 0;
        Feed(book, Hand.Walk(24 * 70, seed: 12, TimeFrame.H1, stepPercent: 1.5), (bar, at) =>
        {
            if (at < 24 * 20 || at % 13 != 0) return;
            var close = bar.Close;
            var below = book.All.ToArray()
                .Where(z => z.Role == ZoneRole.Support && z.Low < close && Math.Abs(z.Centre - close) <= 3 * book.AtrDay)
                .OrderBy(z => Math.Abs(z.Centre - close)).Take(3);
            Assert.Equal(below, book.Supports.ToArray());
            if (book.Supports.Length == 0) return;
            checks++;
            var nearest = book.Supports[0];
            Assert.True(book.TryFind(close, nearest.Low, out var met));
            Assert.True(met.High >= nearest.High, $"bar {at}: {met} before {nearest}");
        });

        Assert.True(checks > 50, $"{checks}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void All_AtAnyTime_AreSortedNarrowAndApart(int seed)
    {
        var book = new ZoneBook();
        Feed(book, Hand.Walk(24 * 90, seed, TimeFrame.H1, stepPercent: 1.5), (bar, at) =>
        {
            if (at % 24 != 0) return;
            var zones = book.All.ToArray();
            Assert.Equal(zones.OrderBy(z => z.Centre), zones);
            Assert.All(zones, z => Assert.True(
                z.Low <= z.Centre && z.Centre <= z.High && z.Strength >= 0 && z.Touches >= 1, $"seed {seed}, bar {at}: {z}"));
            Assert.True(zones.Length <= ZoneBook.ZonesMax);
        });

        Assert.True(book.All.Length > 5, $"seed {seed}: {book.All.Length}");
        Assert.Contains(book.All.ToArray(), z => z.Source == TimeFrame.D1);
    }

    [Fact]
    public void All_MirroredPrices_MirrorTheZones()
    {
        // The part of the price is set to zero: 0.075 % of a mirrored price is another width.
        var options = new ZoneOptions { HalfWidthShare = 0 };
        var (up, down) = (new ZoneBook(options), new ZoneBook(options));
        var bars = Hand.Walk(24 * 60, seed: 77, TimeFrame.H1, stepPercent: 1.5);
        Feed(up, bars, (_, _) => { });
        Feed(down, [.. bars.Select(b => Mirrored(b))], (_, _) => { });

        var mirrored = down.All.ToArray().Reverse().ToArray();
        Assert.Equal(up.All.Length, mirrored.Length);
        for (var i = 0; i < mirrored.Length; i++)
        {
            Assert.Equal(up.All[i].Centre, 400 - mirrored[i].Centre, precision: 6);
            Assert.NotEqual(up.All[i].Role, mirrored[i].Role);
        }
    }

    [Fact]
    public void All_WhileMoreBarsArrive_ANewZoneIsBornAtThatVeryClose()
    {
        var book = new ZoneBook();
        var known = new HashSet<long>();
        Feed(book, Hand.Walk(24 * 40, seed: 5, TimeFrame.H1, stepPercent: 1.5), (bar, at) =>
        {
            var nowMs = bar.CloseTimeMs(TimeFrame.H1);
            foreach (var zone in book.All)
                Assert.True(zone.BornMs <= nowMs && (zone.BornMs == nowMs || known.Contains(zone.BornMs)), $"bar {at}: {zone}");
            foreach (var zone in book.All) known.Add(zone.BornMs);
        });

        Assert.True(known.Count > 20);
    }

    [Fact]
    public void Update_RealCandles_FindsZonesOnBothSides()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        var book = new ZoneBook();
        var (bars, both) = (0, 0);
        Feed(book, Klines.Read(SharedData.Path("klines-spot-1h-4h", "BTCUSDT-1h.csv.gz")), (_, at) =>
        {
            if (at < 24 * 60) return;
            bars++;
            if (book.Supports.Length > 0 && book.Resistances.Length > 0) both++;
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{book.All.Length} zones; both sides {100.0 * both / bars:F1} %");
        Assert.True(both > 0.8 * bars, $"{both} of {bars}");
    }

    [Fact]
    public void Carry_CutAnywhere_GoesOnBitIdentically() =>
        Hand.GoesOnAfterRestoring(
            () => new Frames(),
            (frames, bar) =>
            {
                frames.Update(bar);
                var nearest = frames.Book.Supports.Length > 0 ? frames.Book.Supports[0] : default;
                return (frames.Book.All.Length, nearest, frames.Book.AtrDay);
            },
            Hand.Walk(24 * 40, seed: 19, TimeFrame.H1, stepPercent: 1.5));

    [Fact]
    public void Update_OnceWarm_AllocatesNothing()
    {
        var frames = new Frames();
        var strengths = 0.0;

        var allocated = Hand.AllocatedBy(
            bar =>
            {
                frames.Update(bar);
                foreach (ref readonly var zone in frames.Book.Supports) strengths += zone.Strength;
                if (frames.Book.TryFind(bar.Close, bar.Close * 0.9, out var met)) strengths += met.Strength;
            },
            Hand.Walk(24 * 60, seed: 1, TimeFrame.H1, stepPercent: 1.5));

        Assert.True(strengths > 0);
        Assert.Equal(0, allocated);
    }

    private static Candle Mirrored(Candle bar) => bar with
    {
        Open = 400 - bar.Open,
        High = 400 - bar.Low,
        Low = 400 - bar.High,
        Close = 400 - bar.Close,
    };

    private static void Feed(ZoneBook book, Candle[] hours, Action<Candle, int> check)
    {
        var frames = new Frames(book);
        for (var i = 0; i < hours.Length; i++)
        {
            frames.Update(hours[i]);
            check(hours[i], i);
        }
    }

    /// <summary>A book fed from 1h candles alone, the longer frames resampled, longer first.</summary>
    private sealed class Frames(ZoneBook? book = null) : IStateful
    {
        private readonly Resampler _fourHours = new(TimeFrame.H1, TimeFrame.H4);
        private readonly Resampler _days = new(TimeFrame.H1, TimeFrame.D1);

        public ZoneBook Book { get; } = book ?? new();

        public void Update(in Candle hour)
        {
            if (_days.TryAdd(hour, out var day)) Book.Update(TimeFrame.D1, day);
            if (_fourHours.TryAdd(hour, out var four)) Book.Update(TimeFrame.H4, four);
            Book.Update(TimeFrame.H1, hour);
        }

        public void Carry(StateCarrier carrier)
        {
            _fourHours.Carry(carrier);
            _days.Carry(carrier);
            Book.Carry(carrier);
        }
    }

    /// <summary>1h bars made by hand, around 100 with a range of 2.</summary>
    private sealed class Hours
    {
        public ZoneBook Book { get; } = new();

        public int Count { get; private set; }

        public void Add(double high, double low, double close) =>
            Book.Update(TimeFrame.H1, Hand.Bar(Count++, close, high, low, close, frame: TimeFrame.H1));

        public void Quiet(int bars, double at)
        {
            for (var i = 0; i < bars; i++) Add(at + 1, at - 1, at);
        }

        /// <summary>A bar with this low, then quiet ones around 100.</summary>
        public void Low(double low, int after)
        {
            Add(101, low, 100);
            Quiet(after, at: 100);
        }

        /// <summary>Bars that close at a price, each low a little lower, so that none is a swing low.</summary>
        public void Fall(int bars, double to)
        {
            for (var i = 0; i < bars; i++) Add(to + 1, to - 0.5 - (Count * 0.001), to);
        }

        public Zone Zone(double centre) => Book.All.ToArray().Single(z => z.Centre == centre);
    }
}
