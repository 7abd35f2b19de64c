using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class SeriesSurveyTests
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;
    private const long Midnight = 1_795_132_800_000;   // Fri 20 Nov 2026, 00:00 UTC

    private static readonly SeriesInfo Btc = new(Symbol.Btc, TimeFrame.H1);

    [Fact]
    public void Of_HolesInTheMiddleAndAtTheEnd_NamesThemAndCountsWhatShouldBeThere()
    {
        // 0 1 _ _ 4 5 _ and hour 7 runs: 7 have closed, 4 are there
        var survey = SeriesSurvey.Of(Btc, Hours(0, 1, 4, 5), Midnight + (7 * Hour) + 1_800_000);

        Assert.Equal((4, 7, 3), (survey.Stored, survey.Expected, survey.Missing));
        Assert.Equal(4 / 7.0, survey.Completeness);
        Assert.Equal((Midnight, Midnight + (5 * Hour)), (survey.FirstMs, survey.LastMs));
        Assert.Equal(
            [new(Midnight + (2 * Hour), Midnight + (4 * Hour), 2), new(Midnight + (6 * Hour), Midnight + (7 * Hour), 1)], survey.Gaps);
    }

    [Fact]
    public void Of_CandlesOffTheirTimesOrNotClosed_DoNotCount()
    {
        var survey = SeriesSurvey.Of(Btc, [Midnight, Midnight + 1, Midnight + Hour, Midnight + (2 * Hour)], Midnight + (2 * Hour));

        Assert.Equal((2, 2), (survey.Stored, survey.Expected));
        Assert.Empty(survey.Gaps);
    }

    [Fact]
    public void Of_NoCandle_ExpectsNoneAndHasNoCompleteness()
    {
        var survey = SeriesSurvey.Of(Btc, [], Midnight);

        Assert.Equal((0, 0, null), (survey.Stored, survey.Expected, survey.FirstMs));
        Assert.True(double.IsNaN(survey.Completeness));
    }

    [Fact]
    public void ByDay_FirstCandleInADayAndARunningDay_CountsOnlyWhatCouldBeThere()
    {
        // Day 0: nothing is known before hour 12 of day 1. Day 1: 12 … 23 but 20. Day 2 has 6 closed hours, 3 of them there.
        var open = Hours([.. Enumerable.Range(36, 12).Where(hour => hour != 44), 48, 49, 50]);

        var parts = SeriesSurvey.ByDay(TimeFrame.H1, open, Midnight, days: 4, Midnight + (2 * Day) + (6 * Hour), open[0]);

        Assert.Equal([double.NaN, 11 / 12.0, 0.5, double.NaN], parts);
    }

    private static long[] Hours(params int[] hours) => Array.ConvertAll(hours, hour => Midnight + (hour * Hour));
}
