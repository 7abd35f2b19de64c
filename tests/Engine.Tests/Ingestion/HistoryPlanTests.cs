using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class HistoryPlanTests
{
    // A Wednesday; the first Monday of November was the 2nd.
    private static readonly long Now = Ms("2026-11-18T12:07:00Z");

    [Fact]
    public void Best_WholeWarmup_CostsAFractionOfTheRequestsWeight()
    {
        (TimeFrame Frame, int Bars)[] warmup = [(TimeFrame.M15, 1_500), (TimeFrame.H1, 1_500), (TimeFrame.H4, 1_500), (TimeFrame.D1, 100)];
        var plans = warmup.Select(one => PlanOf(one.Frame, one.Bars)).ToArray();

        Assert.Equal(7 + 7 + 7 + 2, warmup.Sum(one => KlineWeight.Least(one.Bars)));
        Assert.InRange(plans.Sum(plan => plan.Weight), 4, 12);
        Assert.InRange(plans.Sum(plan => plan.Files.Count), 5, 30);
    }

    [Fact]
    public void Best_FilesAreWorthNothing_TakesThemToTheEndOfYesterday()
    {
        var plan = HistoryPlan.Best(TimeFrame.M1, Now - (60 * TimeFrame.D1.Ms()), TimeFrame.M1.OpenOf(Now), Now, fileWeight: 0);
        Assert.Equal(Ms("2026-11-18T00:00:00Z"), plan.RequestFromMs);
        Assert.Equal(KlineWeight.Least(727), plan.Weight);
    }

    [Fact]
    public void Best_FilesAreDear_TakesRequestsAlone()
    {
        var plan = HistoryPlan.Best(TimeFrame.M15, Now - (15 * TimeFrame.D1.Ms()), TimeFrame.M15.OpenOf(Now), Now, fileWeight: 100);
        Assert.Empty(plan.Files);
        Assert.Equal(Now - (15 * TimeFrame.D1.Ms()), plan.RequestFromMs);
    }

    [Fact]
    public void Best_AfterARestart_TakesRequestsAlone()
    {
        var plan = HistoryPlan.Best(TimeFrame.M15, Ms("2026-11-17T20:00:00Z"), TimeFrame.M15.OpenOf(Now), Now, fileWeight: 0.25);
        Assert.Empty(plan.Files);
        Assert.Equal(1, plan.Weight);
    }

    [Fact]
    public void Cover_RangeOverMonths_TakesMonthsThatAreOutAndDaysOfTheOthers()
    {
        var files = ArchivePlan.Cover(Ms("2026-08-28T07:00:00Z"), Now, Now);

        Assert.Equal(
            ["2026-08-28", "2026-08-29", "2026-08-30", "2026-08-31", "2026-09", "2026-10", "2026-11-01", "2026-11-02"],
            files.Take(8).Select(file => file.ToString()));
        Assert.Equal("2026-11-17", files[^1].ToString());
    }

    [Theory]
    [InlineData("2026-11-02T07:59:00Z", false)]   // the first Monday, hours after midnight
    [InlineData("2026-11-02T08:00:00Z", true)]
    [InlineData("2026-11-01T23:00:00Z", false)]
    public void IsOut_October_IsOutOnTheFirstMondayOfNovember(string now, bool isOut) =>
        Assert.Equal(isOut, ArchivePlan.IsOut(ArchivePeriod.MonthOf(Ms("2026-10-05T00:00:00Z")), Ms(now)));

    [Theory]
    [InlineData("2026-11-17T23:59:00Z", false)]
    [InlineData("2026-11-18T07:59:00Z", false)]
    [InlineData("2026-11-18T08:00:00Z", true)]
    public void IsOut_Day_IsOutInTheMorningAfterIt(string now, bool isOut) =>
        Assert.Equal(isOut, ArchivePlan.IsOut(ArchivePeriod.DayOf(Ms("2026-11-17T12:00:00Z")), Ms(now)));

    [Fact]
    public void Period_OfATime_HasItsBounds()
    {
        var month = ArchivePeriod.MonthOf(Ms("2028-02-29T23:59:59Z"));
        Assert.Equal(("2028-02", Ms("2028-02-01T00:00:00Z"), Ms("2028-03-01T00:00:00Z")), (month.ToString(), month.FromMs, month.ToMs));
        var day = ArchivePeriod.DayOf(Ms("2028-02-29T00:00:00Z"));
        Assert.Equal(("2028-02-29", Ms("2028-02-29T00:00:00Z"), Ms("2028-03-01T00:00:00Z")), (day.ToString(), day.FromMs, day.ToMs));
    }

    private static HistoryPlan PlanOf(TimeFrame frame, int bars)
    {
        var to = frame.OpenOf(Now);
        return HistoryPlan.Best(frame, to - (bars * frame.Ms()), to, Now, new LoaderOptions().ArchiveFileWeight);
    }

    private static long Ms(string time) => DateTimeOffset.Parse(time).ToUnixTimeMilliseconds();
}
