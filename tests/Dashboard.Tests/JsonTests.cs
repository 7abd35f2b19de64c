using System.Text.Json;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Tests;

public sealed class JsonTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Number_ThatIsNotThere_IsNullAndComesBackAsNaN(double missing)
    {
        var json = JsonSerializer.Serialize(new EquityPointView(5, missing), DashboardJson.Options);

        Assert.Equal("""{"time":5,"r":null}""", json);
        Assert.True(double.IsNaN(JsonSerializer.Deserialize<EquityPointView>(json, DashboardJson.Options).R));
    }

    [Fact]
    public void Number_ThatIsZero_StaysZero() =>
        Assert.Equal("""{"time":5,"r":0}""", JsonSerializer.Serialize(new EquityPointView(5, 0), DashboardJson.Options));

    [Fact]
    public void Interval_IsTwoNumbersOrNull()
    {
        Assert.Equal("[-0.5,1]", JsonSerializer.Serialize(new IntervalView(-0.5, 1), DashboardJson.Options));
        Assert.Equal("null", JsonSerializer.Serialize(IntervalView.None, DashboardJson.Options));
        Assert.Equal("null", JsonSerializer.Serialize(new IntervalView(0, double.NaN), DashboardJson.Options));
    }

    [Fact]
    public void Names_AreSnakeCaseWithoutTheUnitOfTimes()
    {
        var zone = new ZoneView(true, 1, 2, TimeFrame.H4, 7, 3, double.NaN, false);

        var json = JsonSerializer.Serialize(zone, DashboardJson.Options);

        Assert.Equal(
            """{"support":true,"low":1,"high":2,"timeframe":"4h","since":7,"touches":3,"strength":null,"flipped":false}""", json);
    }

    [Theory]
    [InlineData(SignalStage.PendingEntry, "\"pending_entry\"")]
    [InlineData(SignalStage.Tp1Done, "\"tp1_done\"")]
    public void Stages_AreSnakeCase(SignalStage stage, string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(stage, DashboardJson.Options));

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Honest_BelowTenTrades_HasNoRate(int n, bool hasRate)
    {
        var statistics = new StatisticsView("x", n, 5, 0, n - 5, 0.5, new(0.2, 0.8), 0.3, new(0.1, 0.5), 2, 3).Honest();

        Assert.Equal(hasRate, double.IsFinite(statistics.WinRate));
        Assert.Equal(hasRate, double.IsFinite(statistics.WinRateCi95.Low));
        Assert.Equal(0.3, statistics.ExpectancyRNet);
    }

    [Theory]
    [InlineData(40, 0.01, true)]
    [InlineData(40, 0.0, false)]
    [InlineData(40, -0.2, false)]
    [InlineData(40, double.NaN, false)]
    [InlineData(19, 0.01, false)]
    public void EdgeProven_OnlyWhenTheWholeIntervalLiesAboveZero(int n, double low, bool proven) =>
        Assert.Equal(
            proven, new StatisticsView("x", n, 5, 0, n - 5, 0.5, new(0.2, 0.8), 0.3, new(low, 0.5), 2, 3).EdgeProven);
}
