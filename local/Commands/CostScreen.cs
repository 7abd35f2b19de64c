using System.Globalization;
using System.Text.Json.Nodes;
using FuturesBot.Engine.CloudCosts;

namespace FuturesBot.Local.Commands;

/// <summary>What <c>cost</c> prints.</summary>
internal static class CostScreen
{
    public static void Print(CostReport report, IReadOnlyList<CostClaim> claims, MeasuredRun run, CostOptions options, TextWriter to)
    {
        var (ask, width) = (report.Ask, report.Lines.Max(line => line.Name.Length));
        Say(to, $"{ask.Symbols} symbols, frames {string.Join(", ", ask.Frames.Select(frame => Domain.Market.TimeFrames.Code(frame)))}, signals mode; a month of {CostModel.HoursPerMonth:0} hours");
        Say(to, $"operations measured {run.MeasuredOn} over Azurite, nothing in Azure; prices as of {options.PricesAsOf}: {options.PricesSource}");
        if (!report.Hour.IsWithinMeasured)
            Say(to, $"{ask.Symbols} symbols lie beyond what was measured ({run.Sizes[0].Symbols} to {run.Sizes[^1].Symbols}): the line is drawn on");
        to.WriteLine();
        foreach (var group in report.Lines.GroupBy(line => line.Group))
        {
            Say(to, $"{Name(group.Key)}  {group.Sum(line => line.Usd):0.00}");
            foreach (var line in group)
            {
                var row = string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {line.Name.PadRight(width)}  {Quantity(line.Quantity),12} {line.Unit,-10}  {line.Usd,8:0.00}  {line.Note}");
                to.WriteLine(row.TrimEnd());
            }
        }

        to.WriteLine();
        Say(to, $"compute, storage and queues {report.CoreUsd:0.00}; all lines {report.TotalUsd:0.00} USD a month");
        foreach (var claim in claims)
            Say(to, $"{(claim.Holds ? "holds" : "MISSED")}: {claim.Text}: {claim.Value:0.00} of {claim.Limit:0.00}; most of it: {claim.Why}");
    }

    public static JsonObject ToJson(CostReport report, IReadOnlyList<CostClaim> claims, MeasuredRun run, CostOptions options) => new()
    {
        ["total_usd_per_month"] = Money(report.TotalUsd),
        ["compute_storage_queues_usd_per_month"] = Money(report.CoreUsd),
        ["symbols"] = report.Ask.Symbols,
        ["within_measured"] = report.Hour.IsWithinMeasured,
        ["measured_on"] = run.MeasuredOn,
        ["prices_as_of"] = options.PricesAsOf,
        ["prices_source"] = options.PricesSource,
        ["lines"] = new JsonArray([.. report.Lines.Select(line => new JsonObject
        {
            ["name"] = line.Name,
            ["quantity"] = Math.Round(line.Quantity, 3),
            ["unit"] = line.Unit,
            ["usd"] = Money(line.Usd),
            ["group"] = Name(line.Group),
            ["note"] = line.Note,
        })]),
        ["claims"] = new JsonArray([.. claims.Select(claim => new JsonObject
        {
            ["text"] = claim.Text,
            ["holds"] = claim.Holds,
            ["value"] = Math.Round(claim.Value, 4),
            ["limit"] = claim.Limit,
        })]),
    };

    private static double Money(double usd) => Math.Round(usd, 4);

    private static string Quantity(double quantity) => quantity.ToString(quantity < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    private static string Name(CostGroup group) => group switch
    {
        CostGroup.AlwaysReady => "always ready",
        _ => group.ToString().ToLowerInvariant(),
    };

    private static void Say(TextWriter to, FormattableString line) => to.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
