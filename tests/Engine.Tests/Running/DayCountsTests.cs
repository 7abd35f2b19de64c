using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class DayCountsTests
{
    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;

    // 2026-11-20 (a Friday) 23:59 in Kyiv.
    private const long Evening = 1_795_211_940_000;

    private static readonly TimeZoneInfo Kyiv = TimeZoneInfo.CreateCustomTimeZone("Kyiv", TimeSpan.FromHours(2), "Kyiv", "Kyiv");

    [Fact]
    public void Between_TheMinuteOfTheSummary_BelongsToItsDayAndTheNextToTheNext()
    {
        var counts = new DayCounts(Kyiv);
        counts.AddRefusal(Evening, "A");
        counts.AddRefusal(Evening + 1, "B");
        counts.AddNearMiss(Evening - Day + 1);
        counts.AddNearMiss(Evening - Day);

        var (refusals, near) = counts.Between(Evening - Day, Evening);
        Assert.Equal([new("A", 1)], refusals);
        Assert.Equal(1, near);
        Assert.Equal([new("B", 1)], counts.Between(Evening, Evening + Day).Refusals);
    }

    [Fact]
    public void Between_AWeek_AddsItsDaysUp()
    {
        var counts = new DayCounts(Kyiv);
        for (var day = 0; day < 9; day++) counts.AddRefusal(Evening - (day * Day), day % 2 == 0 ? "even" : "odd");

        Assert.Equal([new("even", 4), new("odd", 3)], counts.Between(Evening - (7 * Day), Evening).Refusals);
    }

    [Fact]
    public void Add_MoreDaysThanAreKept_ForgetsTheOldest()
    {
        var counts = new DayCounts(Kyiv);
        for (var day = 0; day < DayCounts.Keep + 5; day++) counts.AddNearMiss(Evening + (day * Day));

        Assert.Equal(DayCounts.Keep, counts.Days.Count());
        Assert.Equal(0, counts.Between(Evening - Day, Evening).NearMisses);
        Assert.Equal(DayCounts.Keep, counts.Between(Evening - Day, Evening + (100 * Day)).NearMisses);
    }

    [Fact]
    public void Restore_OfWhatWasStored_CountsOn()
    {
        var counts = new DayCounts(Kyiv);
        counts.Begin(Evening - Day);
        counts.AddRefusal(Evening, "A");
        counts.AddNearMiss(Evening);
        Assert.True(counts.HasNews);

        var restored = new DayCounts(Kyiv);
        restored.Restore(counts.ToStored());
        restored.Begin(Evening);   // too late: it began before
        restored.AddRefusal(Evening, "A");

        Assert.Equal(Evening - Day, restored.SinceMs);
        Assert.Equal([new("A", 2)], restored.Between(Evening - Day, Evening).Refusals);
        Assert.Equal(1, restored.Between(Evening - Day, Evening).NearMisses);
    }
}
