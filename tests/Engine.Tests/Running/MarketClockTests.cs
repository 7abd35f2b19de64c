using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class MarketClockTests
{
    private const long Start = 1_767_225_600_000;

    [Fact]
    public void NowMs_AtSixtyTimes_PassesAMinuteInASecond()
    {
        var time = new TurnedTime();
        var clock = new MarketClock(time, speed: 60, Start);

        time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal(Start + 90_000, clock.NowMs);
    }

    [Fact]
    public void Until_AMinuteAhead_IsASecondOfWallTime()
    {
        var clock = new MarketClock(new TurnedTime(), speed: 60, Start);

        Assert.Equal(TimeSpan.FromSeconds(1), clock.Until(Start + 60_000));
    }

    [Fact]
    public void Until_ASecondLate_CatchesUp()
    {
        var time = new TurnedTime();
        var clock = new MarketClock(time, speed: 60, Start);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.Zero, clock.Until(Start + 60_000));
        Assert.Equal(Start + 120_000, clock.NowMs);
    }

    [Fact]
    public void Until_AnHourLate_GoesOnFromWhereTheMarketStands()
    {
        var time = new TurnedTime();
        var clock = new MarketClock(time, speed: 60, Start);

        time.Advance(TimeSpan.FromHours(1));   // the machine slept

        Assert.Equal(TimeSpan.Zero, clock.Until(Start + 60_000));
        Assert.Equal(Start + 60_000, clock.NowMs);
    }
}
