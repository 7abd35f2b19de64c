using System.Text.Json.Nodes;

namespace FuturesBot.Local.Doctor;

/// <summary>What <c>doctor</c> prints.</summary>
internal static class DoctorScreen
{
    public static void Print(IReadOnlyList<Finding> findings, TextWriter to)
    {
        var width = findings.Max(finding => finding.Area.Length);
        foreach (var finding in findings)
        {
            to.WriteLine($"{Mark(finding.Level)}  {finding.Area.PadRight(width)}  {finding.Text}");
            if (finding.Advice.Length > 0) to.WriteLine($"{new string(' ', width + 11)}→ {finding.Advice}");
        }

        var (faults, warnings) = (Count(findings, FindingLevel.Fault), Count(findings, FindingLevel.Warning));
        to.WriteLine((faults, warnings) switch
        {
            (0, 0) => "Everything is as it should be.",
            (0, _) => $"Nothing keeps it from running; {Several(warnings, "warning")}.",
            _ => $"{Several(faults, "fault")} to put right, {Several(warnings, "warning")}.",
        });
    }

    public static JsonObject ToJson(string exchange, IReadOnlyList<Finding> findings) => new()
    {
        ["healthy"] = Count(findings, FindingLevel.Fault) == 0,
        ["exchange"] = exchange,
        ["faults"] = Count(findings, FindingLevel.Fault),
        ["warnings"] = Count(findings, FindingLevel.Warning),
        ["findings"] = new JsonArray([.. findings.Select(finding => new JsonObject
        {
            ["area"] = finding.Area,
            ["level"] = Name(finding.Level),
            ["text"] = finding.Text,
            ["advice"] = finding.Advice,
        })]),
    };

    private static int Count(IReadOnlyList<Finding> findings, FindingLevel level) => findings.Count(finding => finding.Level == level);

    private static string Several(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Mark(FindingLevel level) => Name(level).PadRight(7);

    private static string Name(FindingLevel level) => level switch
    {
        FindingLevel.Ok => "ok",
        FindingLevel.Warning => "warning",
        _ => "fault",
    };
}
