using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using Xunit;

namespace FuturesBot.Domain.Tests;

public sealed class ActionPriceScoreTests
{
    private static readonly ActionPriceOptions Options = new();

    [Fact]
    public void Parts_WorkedExample_ScoresTenStandard()
    {
        var parts = ActionPriceScore.Parts(WorkedExample(Side.Long), Options);

        // Spec 6.1, components 1 to 11 in order.
        Assert.Equal([2, 2, 1, 1, 1, 1, 0, 0, 0, 1, 1], parts.Select(part => part.Points));
        Assert.Equal(10, parts.Sum(part => part.Points));
        Assert.Equal(ActionPriceMode.Standard, ActionPriceScore.ModeOf(10, Options));
    }

    [Fact]
    public void Parts_MirroredExample_ScoresTheSame()
    {
        var parts = ActionPriceScore.Parts(WorkedExample(Side.Short), Options);

        Assert.Equal([2, 2, 1, 1, 1, 1, 0, 0, 0, 1, 1], parts.Select(part => part.Points));
    }

    [Theory]
    [InlineData(1.11, 2)]
    [InlineData(0.81, 1)]
    [InlineData(0.79, 0)]
    public void InitiatorSize_ByBodyInAtrs_Steps(double bodyAtr, int points)
    {
        var pattern = WorkedExample(Side.Long);
        var body = pattern.Initiator with
        {
            Candle = pattern.Initiator.Candle with { Open = 99, Close = 99 + (bodyAtr * 2), High = 120 },
        };

        Assert.Equal(points, PointsOf(With(pattern, initiator: body), "initiator_size"));
    }

    [Theory]
    // Depth d and gap g are one variable, g = 1.5 − d: both cannot be −1.
    [InlineData(0.41, 2, 1)]
    [InlineData(0.36, 1, 1)]
    [InlineData(0.31, 0, 1)]
    [InlineData(0.29, -1, 1)]
    [InlineData(1.05, 2, 0)]
    [InlineData(1.25, 2, -1)]
    public void DepthAndGap_OfTheConfirmingClose_AreOneVariable(double depthAtr, int depthPoints, int gapPoints)
    {
        var pattern = WorkedExample(Side.Long);
        var close = 100 + (depthAtr * 2);
        var confirm = pattern.Confirm with { Candle = pattern.Confirm.Candle with { Close = close, High = 110 } };

        Assert.Equal(depthPoints, PointsOf(With(pattern, confirm: confirm), "confirm_depth"));
        Assert.Equal(gapPoints, PointsOf(With(pattern, confirm: confirm), "gap_to_atr"));
    }

    [Theory]
    [InlineData(102, 1)]     // beyond all four
    [InlineData(100.35, 0)]  // inside the fan
    [InlineData(100.05, -1)] // below EMA21
    public void ClosePosition_AgainstTheFan_Steps(double close, int points)
    {
        var pattern = WorkedExample(Side.Long);
        var confirm = pattern.Confirm with { Candle = pattern.Confirm.Candle with { Close = close, High = 110 } };

        Assert.Equal(points, PointsOf(With(pattern, confirm: confirm), "close_position"));
    }

    [Theory]
    [InlineData(99.6, 1)]
    [InlineData(99.7, 0)]
    [InlineData(100.4, -1)]
    public void Slope200_OverTenBars_Steps(double tenBefore, int points)
    {
        var pattern = WorkedExample(Side.Long);

        Assert.Equal(points, PointsOf(With(pattern, ema200TenBefore: tenBefore), "slope200"));
    }

    [Fact]
    public void EmaFan_OppositeOrder_CostsAPoint()
    {
        var pattern = WorkedExample(Side.Long);
        var confirm = pattern.Confirm with { Ema5 = 100.1, Ema9 = 100.3, Ema13 = 100.4, Ema21 = 100.6 };

        Assert.Equal(-1, PointsOf(With(pattern, confirm: confirm), "ema_fan"));
    }

    [Fact]
    public void EmaFan_OrderedButNarrow_ScoresNothing()
    {
        var pattern = WorkedExample(Side.Long);
        var confirm = pattern.Confirm with { Ema5 = 100.15, Ema9 = 100.14, Ema13 = 100.12, Ema21 = 100.1 };

        Assert.Equal(0, PointsOf(With(pattern, confirm: confirm), "ema_fan"));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, -1)]
    public void Lipuchka_TouchesBeforeTheInitiator_CostsAPointFromThree(int touches, int points)
    {
        var pattern = WorkedExample(Side.Long);
        var before = pattern.Before.ToArray();
        for (var k = 1; k <= 5; k++)
            before[k] = before[k] with { Ema200 = k <= touches ? before[k].Candle.Close : 1000 };

        Assert.Equal(points, PointsOf(With(pattern, before: before), "lipuchka"));
    }

    [Fact]
    public void ConfirmColor_AgainstAndShallow_CostsAPoint()
    {
        var pattern = WorkedExample(Side.Long);
        var confirm = pattern.Confirm with { Candle = pattern.Confirm.Candle with { Close = 100.5 } };   // d = 0.25, red

        Assert.Equal(-1, PointsOf(With(pattern, confirm: confirm), "confirm_color"));
    }

    [Fact]
    public void BreakAndBase_TwoNarrowBarsBeyondTheFan_ScoresAPoint()
    {
        var pattern = WorkedExample(Side.Long);
        var narrow = new ActionPriceBar(new Candle(0, 101, 101.2, 100.8, 101.1, 1), 101, 100.9, 100.8, 100.5, 100, 2);
        ActionPriceBar[] before = [pattern.Before[0], narrow, narrow, .. pattern.Before.Skip(3)];

        Assert.Equal(1, PointsOf(With(pattern, before: before), "break_and_base"));
    }

    [Fact]
    public void InitiatorWick_OfALong_IsMeasuredBelowTheBody()
    {
        // The earlier bot took low − min(open, close), which is never positive (spec 1.10 #6).
        var candle = new Candle(0, Open: 99, High: 101.5, Low: 98.5, Close: 101.4, Volume: 1);

        Assert.Equal(0.5, ActionPriceScore.WickAgainst(Side.Long, candle), 12);
        Assert.Equal(0.1, ActionPriceScore.WickAgainst(Side.Short, candle), 12);
    }

    [Theory]
    [InlineData(3, ActionPriceMode.Standard)]
    [InlineData(2, ActionPriceMode.Scalp)]
    [InlineData(1, ActionPriceMode.Scalp)]
    [InlineData(0, ActionPriceMode.Skip)]
    public void ModeOf_Total_Steps(int total, ActionPriceMode mode) =>
        Assert.Equal(mode, ActionPriceScore.ModeOf(total, Options));

    private static double PointsOf(ActionPricePattern pattern, string component) =>
        ActionPriceScore.Parts(pattern, Options).Single(part => part.Name == component).Points;

    /// <summary>Spec 6.1; the short is the mirror p → 200 − p.</summary>
    private static ActionPricePattern WorkedExample(Side side)
    {
        var initiator = Bar(99, 101.5, 98.4, 101.4, ema13: 99.9, ema21: 99.8, ema200: 100);
        var confirm = new ActionPriceBar(
            Candle(101.0, 101.3, 100.2, 100.9), P(100.6), P(100.4), P(100.3), P(100.1), P(100), Atr: 2.0);
        return new()
        {
            Side = side,
            Initiator = initiator,
            Confirm = confirm,
            Ema200TenBefore = P(99.5),
            Before =
            [
                initiator,
                // One touch of EMA200 and one retest of EMA13 with a close back.
                Bar(99.0, 100.2, 98.8, 99.4, ema13: 99.2, ema21: 98.0, ema200: 100),
                Bar(98.5, 99.1, 98.2, 98.4, ema13: 99.0, ema21: 99.2, ema200: 100),
                Bar(98.5, 99.1, 98.2, 98.4, ema13: 99.0, ema21: 99.2, ema200: 100),
                Bar(98.5, 99.1, 98.2, 98.4, ema13: 99.0, ema21: 99.2, ema200: 100),
                Bar(98.5, 99.1, 98.2, 98.4, ema13: 99.0, ema21: 99.2, ema200: 100),
            ],
        };

        double P(double price) => side == Side.Long ? price : 200 - price;

        Candle Candle(double open, double high, double low, double close) =>
            side == Side.Long
                ? new(0, open, high, low, close, 1)
                : new(0, 200 - open, 200 - low, 200 - high, 200 - close, 1);

        ActionPriceBar Bar(double open, double high, double low, double close, double ema13, double ema21, double ema200) =>
            new(Candle(open, high, low, close), P(100), P(100), P(ema13), P(ema21), P(ema200), Atr: 2.0);
    }

    private static ActionPricePattern With(
        ActionPricePattern pattern,
        ActionPriceBar? initiator = null,
        ActionPriceBar? confirm = null,
        double? ema200TenBefore = null,
        IReadOnlyList<ActionPriceBar>? before = null) => new()
        {
            Side = pattern.Side,
            Initiator = initiator ?? pattern.Initiator,
            Confirm = confirm ?? pattern.Confirm,
            Ema200TenBefore = ema200TenBefore ?? pattern.Ema200TenBefore,
            Before = before ?? pattern.Before,
        };
}
