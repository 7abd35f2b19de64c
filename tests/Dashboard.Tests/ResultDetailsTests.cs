using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Tests;

public sealed class ResultDetailsTests
{
    private const long Day = 86_400_000;
    private const long Hour = 3_600_000;
    private const long Midnight = 1_795_132_800_000;   // Fri 20 Nov 2026, 00:00 UTC

    private static readonly TimeZoneInfo TwoAhead =
        TimeZoneInfo.CreateCustomTimeZone("two ahead", TimeSpan.FromHours(2), "two ahead", "two ahead");

    [Fact]
    public void Detail_OfFiveTrades_MatchesTheCalculationByHand()
    {
        // Closed in this order: +2, −1, −1, +0.05, −1. Equity 2 1 0 0.05 −0.95; below the high 0 −1 −2 −1.95 −2.95.
        TradeRecord[] trades =
        [
            Trade(0, 2m, decidedAt: 23), Trade(1, -1m, decidedAt: 1), Trade(2, -1m, decidedAt: 1, agree: 2), Trade(3, 0.05m, decidedAt: 2, score: 3.1),
            Trade(4, -1m, decidedAt: 2, symbol: "ETHUSDT", score: double.NaN),
        ];

        var view = PerformanceDetails.Of(0, trades, Midnight, Midnight + (10 * Day), TwoAhead);

        Assert.Equal((5, 1, 1, 3), (view.All.N, view.All.Wins, view.All.BreakEvens, view.All.Losses));
        Assert.Equal(-0.19, view.All.ExpectancyRNet, precision: 12);
        Assert.Equal([0, -1, -2, -1.95, -2.95], view.Drawdown.Curve.Select(point => Math.Round(point.R, 10)));
        Assert.Equal((-2.95, -2.95), (Math.Round(view.Drawdown.DepthR, 10), Math.Round(view.Drawdown.NowR, 10)));
        Assert.Equal((1, 2), (view.Ratios.WinsInRow, view.Ratios.LossesInRow));
        Assert.Null(view.Ratios.Trials);
        Assert.Equal(["01:1", "03:2", "04:2"], view.ByHour.Select(hour => $"{hour.Name}:{hour.N}"));
        Assert.Equal(["01:2", "02:2", "23:1"], view.ByHourUtc.Select(hour => $"{hour.Name}:{hour.N}"));
        Assert.Equal(["1 agree:4", "2 agree:1"], view.ByConfluence.Select(group => $"{group.Name}:{group.N}"));
        Assert.Equal(["BTCUSDT:4", "ETHUSDT:1"], view.BySymbol.Select(group => $"{group.Name}:{group.N}"));
        Assert.Equal(("2026-11", 5), (Assert.Single(view.Monthly).Month, view.Monthly[0].Statistics.N));
    }

    [Fact]
    public void Calibration_OfTwoBuckets_HasTheirMeansAndWithholdsAVerdictOnFewTrades()
    {
        TradeRecord[] trades =
        [
            Trade(0, 1m, score: 3.2), Trade(1, -1m, score: 3.3), Trade(2, -1m, score: 3.4), Trade(3, 2m, score: 5.6), Trade(4, 1m, score: 6),
        ];

        var core = Assert.Single(PerformanceDetails.Of(0, trades, Midnight, Midnight + Day, TwoAhead).Calibration);

        Assert.Equal(("core", 5, "cannot_say", false), (core.Scale, core.N, core.Verdict, core.Alert));
        Assert.Equal(["3.00–3.49", "≥ 5.50"], core.Buckets.Select(bucket => bucket.Label));
        Assert.Equal([3, 2], core.Buckets.Select(bucket => bucket.N));
        Assert.Equal([-1 / 3.0, 1.5], core.Buckets.Select(bucket => bucket.MeanR));
        // Ranks of the scores 1…5, of the results 3.5 1.5 1.5 5 3.5: Σ(a−3)(b−3) = −1 + 1.5 + 0 + 2 + 1 = 3.5; Σ(b−3)² = 9; 3.5/√90
        Assert.Equal(3.5 / Math.Sqrt(90), core.RankCorrelation, precision: 12);
    }

    [Fact]
    public void Excursions_OfManyTrades_KeepTheNewestPoints()
    {
        TradeRecord[] trades = [.. Enumerable.Range(0, PerformanceDetails.PointsMax + 50).Select(i => Trade(i, 1m))];

        var view = PerformanceDetails.Of(0, trades, Midnight, Midnight + (400 * Day), TwoAhead).Excursions;

        Assert.Equal((PerformanceDetails.PointsMax, trades.Length), (view.Points.Count, view.PointsTotal));
        Assert.Equal(trades[^1].SignalId, view.Points[0].SignalId);
        Assert.Equal(3, view.EdgeRatio);   // 1.5 for us against 0.5 against us
    }

    [Fact]
    public void Curve_OfTrades_IsTheBalanceAfterEach() => Assert.Equal(
        [new(1, 1.5, 1_150m), new(2, 0.5, 1_040m)],
        PortfolioDetails.Curve([(1, 1.5m, 150m), (2, -1m, -110m)], starting: 1_000m));

    [Fact]
    public void Daily_OfADayWithoutATrade_HasNoneOnIt()
    {
        (long, decimal, decimal)[] trades = [(Midnight + Hour, 1m, 10m), (Midnight + (2 * Hour), -3m, -30m), (Midnight + (2 * Day), 2m, 20m)];

        var days = PortfolioDetails.Daily(trades, Midnight + Hour, Midnight + (2 * Day) + 1);

        Assert.Equal([new(Midnight, 2, -2, -20m), new(Midnight + Day, 0, 0, 0), new(Midnight + (2 * Day), 1, 2, 20m)], days);
    }

    [Fact]
    public void Allocation_LeavesOutWhatWaits()
    {
        PortfolioPosition[] positions =
        [
            Position("BTCUSDT", Side.Long, notional: 6_000m, risk: 100m, nowR: 0.5), Position("ETHUSDT", Side.Long, 2_000m, 0m, 1.25),
            Position("SOLUSDT", Side.Short, 9_000m, 50m, double.NaN) with { Waiting = true },
        ];

        var side = Assert.Single(PortfolioDetails.Allocation(positions, one => one.Side.ToString(), equity: 10_000m));

        Assert.Equal(new AllocationView("Long", 2, 8_000m, 80, 1, 1.75), side);
    }

    [Fact]
    public void Clusters_OfSymbolsThatMoveTogether_CountWhatIsOpenInThem()
    {
        var now = Midnight + Hour;
        var wave = Hours(720, i => 100 + (10 * Math.Sin(i * 0.7)));
        (Symbol, IReadOnlyList<HourClose>)[] hours =
        [
            (Symbol.Btc, wave), (Symbol.Parse("ETHUSDT"), [.. wave.Select(bar => bar with { Close = bar.Close * 3 })]),
            (Symbol.Parse("SOLUSDT"), Hours(720, i => 100 + (10 * Math.Sin(i * 1.9)))), (Symbol.Parse("NEWUSDT"), Hours(100, i => 100 + i)),
        ];

        var view = PortfolioDetails.Clusters(
            hours, [Position("ETHUSDT", Side.Long, 1_000m, 150m, 0), Position("SOLUSDT", Side.Long, 1_000m, 50m, 0)], equity: 10_000m, now, 3);

        Assert.True(view.Available);
        Assert.Contains("1 symbols", view.Reason, StringComparison.Ordinal);
        var cluster = Assert.Single(view.Clusters);
        Assert.Equal(["BTCUSDT", "ETHUSDT"], cluster.Symbols.Select(symbol => symbol.Name));
        Assert.Equal((1, 1.5), (cluster.Positions, cluster.RiskPercent));
        Assert.Equal(1, cluster.CorrelationMin, precision: 9);

        HourClose[] Hours(int count, Func<int, double> close) =>
            [.. Enumerable.Range(0, count).Select(i => new HourClose(now - ((count - i) * Hour), close(i)))];
    }

    [Fact]
    public void Clusters_OfAShortPast_AreUnavailableWithTheReason()
    {
        var view = PortfolioDetails.Clusters([(Symbol.Btc, []), (Symbol.Parse("ETHUSDT"), [])], [], 10_000m, Midnight, 3);

        Assert.False(view.Available);
        Assert.Contains("480 hours", view.Reason, StringComparison.Ordinal);
        Assert.Empty(view.Clusters);
    }

    [Fact]
    public void Csv_OfUnavailableAndDangerousFields_IsEmptyQuotedAndNoFormula() => Assert.Equal(
        "1.5,,,\"a,\"\"b\"\"\",'=x,true,-2\r\n",
        new Csv().Row(1.5, double.NaN, null, "a,\"b\"", "=x", true, -2m).ToString());

    [Fact]
    public void Csv_OfADayWithoutATrade_IsEmptyWithTheReason()
    {
        var none = Array.Empty<AllocationView>();
        var view = new PortfolioDetailView(
            new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), [], [], none, none, none, PortfolioDetails.Clusters([], [], 0, Midnight, 3),
            [new(Midnight, 0, 0, 0), new(Midnight + Day, 1, 0, 0)], []);

        var rows = PortfolioCsv.Of(view).ToString().Split("\r\n")[1..];

        Assert.Equal("day,2026-11-20T00:00:00Z,,,,0,,,,,,,no trade closed", rows[0]);
        Assert.Equal("day,2026-11-21T00:00:00Z,,,,1,0,0,,,,,", rows[1]);
    }

    private static PortfolioPosition Position(string symbol, Side side, decimal notional, decimal risk, double nowR) =>
        new("id", Symbol.Parse(symbol), "OrderFlow", side, Waiting: false, notional, risk, nowR, null);

    private static TradeRecord Trade(
        int number, decimal net, int decidedAt = 0, double score = 3.5, int agree = 1, string symbol = "BTCUSDT") => new()
        {
            SignalId = $"{number:x16}",
            Symbol = symbol,
            Strategy = "LiquiditySweep",
            Mode = "",
            Direction = "LONG",
            Category = "breakout",
            Score = score,
            ScoreParts = [new("confluence", agree == 1 ? 0 : 1.5, $"{agree} strategies agree")],
            Regime = "Range",
            DecidedAtMs = Midnight + (decidedAt * Hour),
            EntryTimeMs = Midnight + (decidedAt * Hour),
            EntryPrice = 100m,
            Stop = 98m,
            Tp1 = 102m,
            Tp2 = 104m,
            Exits = [new(Midnight + Day + (number * Hour / 10), 102m, 1m, "TP1")],
            Fees = 0.05m,
            Funding = 0,
            Slippage = 0,
            PnlRGross = net + 0.05m,
            PnlRNet = net,
            Outcome = Math.Abs(net) <= 0.1m ? Domain.Reporting.TradeOutcome.BreakEven
                : net > 0 ? Domain.Reporting.TradeOutcome.Win : Domain.Reporting.TradeOutcome.Loss,
            MfeR = 1.5,
            MaeR = -0.5,
            Bars = 7,
            DecisionHash = "",
        };
}
