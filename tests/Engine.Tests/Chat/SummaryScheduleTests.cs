using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

public sealed class SummaryScheduleTests
{
    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;

    // 2026-11-20 (a Friday) 23:59 in Kyiv, which is 21:59 UTC in winter.
    private const long Friday = 1_795_211_940_000;

    private static readonly TimeZoneInfo Kyiv = TimeZoneInfo.CreateCustomTimeZone("Kyiv", TimeSpan.FromHours(2), "Kyiv", "Kyiv");

    [Fact]
    public void Due_BeforeTheMinute_IsNothing() => Assert.Empty(SummarySchedule.Due(Friday - Day, Friday - 1, Kyiv));

    [Fact]
    public void Due_AtTheMinute_IsTheDayOnce()
    {
        Assert.Equal([new SummaryDue(false, Friday - Day, Friday)], SummarySchedule.Due(Friday - Day, Friday, Kyiv));
        Assert.Empty(SummarySchedule.Due(Friday, Friday + Minute, Kyiv));
    }

    [Fact]
    public void Due_OnSunday_IsTheDayAndTheWeek() => Assert.Equal(
        [new SummaryDue(false, Friday + Day, Friday + (2 * Day)), new SummaryDue(true, Friday - (5 * Day), Friday + (2 * Day))],
        SummarySchedule.Due(Friday + Day, Friday + (2 * Day) + Minute, Kyiv));

    [Fact]
    public void Due_AfterALongPause_IsOnlyTheNewestOfEachKind()
    {
        var due = SummarySchedule.Due(Friday - (40 * Day), Friday + Minute, Kyiv);

        Assert.Equal([new SummaryDue(false, Friday - Day, Friday), new SummaryDue(true, Friday - (12 * Day), Friday - (5 * Day))], due);
    }
}
