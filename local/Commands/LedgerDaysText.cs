using System.Globalization;
using System.Text.Json.Nodes;
using FuturesBot.Engine.Ledger;

namespace FuturesBot.Local.Commands;

/// <summary>The roots of a ledger's days, for whoever holds them against the daily messages.</summary>
internal static class LedgerDaysText
{
    // A week fits a screen; the rest is in the JSON.
    private const int PrintedMax = 7;

    /// <summary>The newest days, in the short form of the daily message; nothing without days.</summary>
    public static void Print(TextWriter console, IReadOnlyList<DayRoot> days)
    {
        if (days.Count == 0) return;
        console.WriteLine(days.Count > PrintedMax ? $"roots of the last {PrintedMax} of {days.Count} days (UTC):" : "roots of its days (UTC):");
        foreach (var day in days.TakeLast(PrintedMax))
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {day.Day:yyyy-MM-dd}  {day.Short}  {day.Lines:N0} lines{(day == days[^1] ? ", so far" : "")}"));
        }
    }

    public static JsonArray ToJson(IReadOnlyList<DayRoot> days) => new([.. days.Select((day, i) => (JsonNode)new JsonObject
    {
        ["day"] = day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["lines"] = day.Lines,
        ["last_line"] = day.LastSeq,
        ["root"] = day.Hash,
        ["is_over"] = i < days.Count - 1,
    })]);
}
