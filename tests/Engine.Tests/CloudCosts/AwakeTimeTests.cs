using FuturesBot.Engine.CloudCosts;
using Xunit;

namespace FuturesBot.Engine.Tests.CloudCosts;

public sealed class AwakeTimeTests
{
    private const double Hour = 3600;

    /// <summary>The formula against arrivals that are drawn one by one, over so many hours that chance weighs little.</summary>
    [Theory]
    [InlineData(4, 60, 0, 90)]
    [InlineData(4, 60, 2.3, 90)]
    [InlineData(4, 60, 7.2, 90)]
    [InlineData(4, 60, 30, 90)]
    [InlineData(0, 60, 12, 120)]
    [InlineData(4, 300, 40, 20)]
    public void Expected_EvenAndRandomArrivals_AreWhatDrawnOnesComeTo(double even, double evenStay, double random, double randomStay)
    {
        const int hours = 20_000;
        var expected = AwakeTime.Expected(even, evenStay, random, randomStay);

        var (starts, seconds) = Draw(hours, even, evenStay, random, randomStay);

        Assert.Equal(starts / hours, expected.StartsPerHour, 0.02 * expected.StartsPerHour);
        Assert.Equal(seconds / hours, expected.SecondsPerHour, 0.02 * expected.SecondsPerHour);
        var apart = AwakeTime.Apart(even, evenStay, random, randomStay);
        Assert.True(expected.StartsPerHour <= apart.StartsPerHour && expected.SecondsPerHour <= apart.SecondsPerHour);
    }

    [Fact]
    public void Expected_NothingAtRandom_IsTheSchedule()
    {
        var (starts, seconds) = AwakeTime.Expected(4, 60, 0, 90);

        Assert.Equal((4.0, 240.0), (starts, Math.Round(seconds, 9)));
    }

    [Fact]
    public void Expected_EvenArrivalsThatMeet_KeepOneThereForEver() => Assert.Equal(new AwakeTime(0, Hour), AwakeTime.Expected(60, 60, 5, 90));

    [Fact]
    public void Apart_MoreThanAnHourHolds_IsTheHour() => Assert.Equal(new AwakeTime(84, Hour), AwakeTime.Apart(4, 60, 80, 90));

    // The stay of those at random is drawn too, from half to one and a half of its mean: only the mean counts.
    private static (double Starts, double Seconds) Draw(int hours, double even, double evenStay, double random, double randomStay)
    {
        var dice = new Random(4711);
        var arrivals = new List<(double At, double Stay)>();
        for (var i = 0; i < hours * even; i++) arrivals.Add((i * Hour / even, evenStay));
        if (random > 0)
        {
            for (var at = Gap(); at < hours * Hour; at += Gap()) arrivals.Add((at, randomStay * (0.5 + dice.NextDouble())));
        }

        var (starts, seconds, until) = (0.0, 0.0, double.NegativeInfinity);
        foreach (var (at, stay) in arrivals.OrderBy(one => one.At))
        {
            if (at > until) starts++;
            seconds += Math.Max(0, at + stay - Math.Max(at, until));
            until = Math.Max(until, at + stay);
        }

        return (starts, seconds);

        double Gap() => -Math.Log(1 - dice.NextDouble()) * Hour / random;
    }
}
