using System.Reflection;
using FuturesBot.Engine.CloudCosts;
using FuturesBot.Functions.Timers;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>How often timers run is what costs are computed from.</summary>
public sealed class CostedTimersTests
{
    private const double DaysPerWeek = 7;

    [Fact]
    public void Schedules_OfTheApp_AreThoseThatAreCosted()
    {
        var timers = Timers();
        var costed = MeasuredRun.Shipped().Periodic.Where(one => one.IsFunction).ToArray();
        var named = costed.Where(one => timers.ContainsKey(one.Name)).ToArray();
        var others = timers.Where(timer => !named.Any(one => one.Name == timer.Key)).ToArray();

        Assert.NotEmpty(named);
        Assert.All(named, one => Assert.Equal((one.PerHour, one.IsWatched), (PerHour(timers[one.Name].Schedule), timers[one.Name].UseMonitor)));
        var rest = Assert.Single(costed, one => !timers.ContainsKey(one.Name));
        Assert.Equal(others.Sum(timer => PerHour(timer.Value.Schedule)), rest.PerHour, 9);
        Assert.All(others, timer => Assert.Equal(rest.IsWatched, timer.Value.UseMonitor));
    }

    [Theory]
    [InlineData("20 */15 * * * *", 4)]
    [InlineData("5 */5 * * * *", 12)]
    [InlineData("0 2 * * * *", 1)]
    [InlineData("0 6 21,22 * * *", 2 / 24.0)]
    [InlineData("0 8 21,22 * * SUN", 2 / 24.0 / 7)]
    public void PerHour_OfASchedule_CountsItsMoments(string schedule, double expected) => Assert.Equal(expected, PerHour(schedule), 9);

    private static Dictionary<string, TimerTriggerAttribute> Timers() => typeof(Upkeep).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Select(method => (Name: method.GetCustomAttribute<FunctionAttribute>()?.Name, Timer: method.GetParameters()
            .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()).FirstOrDefault(attribute => attribute is not null)))
        .Where(one => one is { Name: not null, Timer: not null }).ToDictionary(one => one.Name!, one => one.Timer!, StringComparer.Ordinal);

    // Seconds are single moments here; days of the month and months are all.
    private static double PerHour(string schedule)
    {
        var fields = schedule.Split(' ');
        Assert.Equal(["*", "*"], fields[3..5]);
        return Moments(fields[1], 60) * Moments(fields[2], 24) / 24.0 * (fields[5] == "*" ? 1 : fields[5].Split(',').Length / DaysPerWeek);
    }

    private static double Moments(string field, int all) => field switch
    {
        "*" => all,
        ['*', '/', .. var every] => all / double.Parse(every, System.Globalization.CultureInfo.InvariantCulture),
        _ => field.Split(',').Length,
    };
}
