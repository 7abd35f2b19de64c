using System.Reflection;

namespace FuturesBot.Dashboard.Tests;

/// <summary>No win rate without count, interval and net result (spec 2.19): of whatever the page may ever be given.</summary>
public sealed class StatisticsContractTests
{
    // What a signal needs to lose nothing is arithmetic of its plan, no statistic of trades.
    private static readonly string[] NoStatistic = ["BreakEvenWinRate"];

    private static IEnumerable<Type> Views => typeof(DashboardHost).Assembly.GetTypes().Where(type => !type.IsDefined(
        typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)));

    [Fact]
    public void EveryView_WithAWinRate_HasCountIntervalAndNetExpectancyBesideIt()
    {
        var faults = Views.SelectMany(FaultsOf).ToArray();

        Assert.Empty(faults);
        Assert.Contains(Views, type => Properties(type).Any(IsRate));   // or this test looks at nothing
    }

    [Fact]
    public void ABareRate_IsFound() => Assert.Equal(
        ["Bare.WinRate has no N", "Bare.WinRate has no WinRateCi95", "Bare.WinRate has no ExpectancyRNet", "Bare.WinRate has no ExpectancyRNetCi95"],
        FaultsOf(typeof(Bare)));

    [Fact]
    public void EveryGroupOfAPerformanceDetail_IsHonest()
    {
        var few = new StatisticsView("few", 9, 5, 0, 4, 0.55, new(0.2, 0.8), 0.1, new(-1, 1), 1.2, 0.9);
        var detail = SampleDetail(few).Honest();

        var groups = Properties(typeof(PerformanceDetailView))
            .SelectMany(property => property.GetValue(detail) switch
            {
                StatisticsView one => [one],
                IReadOnlyList<StatisticsView> many => many,
                IReadOnlyList<MonthView> months => months.Select(month => month.Statistics),
                _ => Enumerable.Empty<StatisticsView>(),
            }).ToArray();

        Assert.Equal(11, groups.Length);
        Assert.All(groups, group => Assert.True(double.IsNaN(group.WinRate), $"{group.Name} has a rate"));
    }

    private static PerformanceDetailView SampleDetail(StatisticsView group) => new(
        0, 0, 1, group, group, 0, [group], [group], [group], [group], [group], [group], [group], [group], [], [],
        new([], [], [], [], [], double.NaN, [], 0), new(0, 0, null, 0, double.NaN, []),
        new(0, double.NaN, double.NaN, double.NaN, double.NaN, null, double.NaN, double.NaN, 0, 0), [new("2026-11", group)]);

    private static IEnumerable<string> FaultsOf(Type type)
    {
        var names = Properties(type).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        return
            from rate in Properties(type)
            where IsRate(rate)
            from needed in (string[])["N", "WinRateCi95", "ExpectancyRNet", "ExpectancyRNetCi95"]
            where !names.Contains(needed)
            select $"{type.Name}.{rate.Name} has no {needed}";
    }

    private static bool IsRate(PropertyInfo property) =>
        property.Name.Contains("WinRate", StringComparison.OrdinalIgnoreCase)
        && !property.Name.EndsWith("Ci95", StringComparison.Ordinal)
        && !NoStatistic.Contains(property.Name, StringComparer.Ordinal);

    private static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);

    private sealed record Bare(double WinRate);
}
