using System.Text.Json;
using FuturesBot.Domain.Reporting;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

/// <summary>
/// Published cases that lie beside the repository; the other tests here stand on their own numbers.
/// </summary>
public sealed class PublishedExampleTests
{
    // The yearly return of a compounding account is no figure of this system, which counts in R.
    private static readonly string[] NotOurs = ["annual_return_252"];

    [Fact]
    public void Statistics_EveryPublishedCase_ComesOutAsPublished()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        using var file = JsonDocument.Parse(
            File.ReadAllText(SharedData.Path("statistics-reference", "published_examples.json")));
        var cases = file.RootElement.EnumerateArray()
            .Where(c => !NotOurs.Contains(c.GetProperty("name").GetString()!)).ToArray();

        Assert.Equal(12, cases.Length);
        Assert.All(cases, c =>
        {
            var name = c.GetProperty("name").GetString()!;
            var expected = c.GetProperty("expected").GetDouble();

            // Some are published with six digits after the point.
            var tolerance = name.Contains("not_annualised", StringComparison.Ordinal) ? 5e-7 : 1e-11;
            Assert.Equal(1, Compute(name, c.GetProperty("inputs")) / expected, tolerance);
        });
    }

    private static double Compute(string name, JsonElement inputs)
    {
        double Number(string key) => Value(inputs.GetProperty(key));
        double[] Returns() => [.. inputs.GetProperty("returns").EnumerateArray().Select(r => r.GetDouble())];
        double Skew() => Number("skew");
        double Kurtosis() => Number("kurtosis_nonexcess");

        return name switch
        {
            "expected_max_of_N_standard_normals" => DeflatedSharpe.ExpectedMaximum((int)Number("N")),
            "PSR" => ProbabilisticSharpe.Of(
                Number("sr_per_period"), Number("benchmark"), (int)Number("T"), Skew(), Kurtosis()),
            "DSR" => DeflatedSharpe.Of(
                Number("sr_per_period"), (int)Number("T"), Skew(), Kurtosis(), (int)Number("N"),
                Number("var_sr_trials_per_period")),
            "minTRL_years" => TrackRecordLength.MinimumPeriods(
                Number("sr"), Skew(), Kurtosis(), Number("benchmark"), Number("prob"))
                / Number("periods_per_year"),
            "minBTL_years" => TrackRecordLength.MinimumBacktestYears((int)Number("N"), Number("sharpe_IS")),
            "sortino_not_annualised" => SortinoRatio.PerPeriod(Returns(), Number("target")),
            "sortino_252" => SortinoRatio.Annualised(Returns(), 252, Number("target")),
            "sharpe_not_annualised_ddof1" => SharpeRatio.PerPeriod(Returns(), Number("benchmark_per_period")),
            "sharpe_252_ddof1" => SharpeRatio.Annualised(Returns(), 252),
            "max_drawdown" => Drawdown.OfReturns(Returns()),
            _ => throw new InvalidOperationException($"no statistic answers to '{name}'"),
        };
    }

    /// <summary>A number, or a text such as <c>2.5/sqrt(250)</c> or <c>0.5/250</c>.</summary>
    private static double Value(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number) return element.GetDouble();
        var parts = element.GetString()!.Split('/');
        var divisor = parts[1];
        return double.Parse(parts[0]) / (divisor.StartsWith("sqrt(", StringComparison.Ordinal)
            ? Math.Sqrt(double.Parse(divisor[5..^1]))
            : double.Parse(divisor));
    }
}
