using System.Globalization;
using System.Text.Json.Nodes;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;

namespace FuturesBot.Local.Commands;

/// <summary>What a finished import prints.</summary>
internal static class ImportScreen
{
    private const int GapsShown = 20;

    public static void Print(ImportOutcome outcome, TextWriter to)
    {
        foreach (var skipped in outcome.Skipped) Say(to, $"not read {skipped.Path}: {skipped.Reason}");
        foreach (var (file, rows) in outcome.Refused.FirstByFile)
        {
            foreach (var row in rows) Say(to, $"refused {row}");
            var more = outcome.Refused.CountOf(file) - rows.Count;
            if (more > 0) Say(to, $"… and {more:N0} more of this file, all in {outcome.ReportPath}");
        }

        foreach (var series in outcome.Report.Series) Print(series, outcome, to);
        if (outcome.Refused.Count > 0)
        {
            Say(to, $"{outcome.Refused.Count:N0} rows were refused:");
            foreach (var kind in outcome.Refused.Kinds)
                Say(to, $"  {kind.Count:N0} × {kind.Reason} ({Path.GetFileName(kind.First.File)}, first in line {kind.First.Line})");
        }

        var report = outcome.Report;
        if (report.Stored.Conflicts > 0)
            Say(to, $"{report.Stored.Conflicts:N0} candles stand in the store with other values; the stored ones stayed, all in {outcome.ReportPath}");
        if (report.Series.Count == 0)
            Say(to, $"There are no kline files of the asked symbols in '{outcome.Data}'; names such as BTCUSDT-15m.csv.gz are read");
        else if (report.Read.Accepted + report.Read.Duplicates == 0)
            Say(to, $"Nothing usable: none of {report.Read.Rows:N0} rows became a candle. {Expected}");
        Say(to, $"{report.Read.Rows:N0} rows read: {report.Stored.Added:N0} candles added, {report.Stored.Same:N0} were there already, {report.Read.Refused:N0} refused; {report.Gaps:N0} gaps with {report.MissingBars:N0} candles missing");
        Say(to, $"store {outcome.Store}");
        Say(to, $"report {outcome.ReportPath}");
    }

    public static JsonObject ToJson(ImportOutcome outcome)
    {
        var report = outcome.Report;
        return new()
        {
            ["clean"] = outcome.IsGood,
            ["store"] = outcome.Store,
            ["report"] = outcome.ReportPath,
            ["rows"] = report.Read.Rows,
            ["refused"] = report.Read.Refused,
            ["duplicates"] = report.Read.Duplicates,
            ["candles_added"] = report.Stored.Added,
            ["already_there"] = report.Stored.Same,
            ["conflicts"] = report.Stored.Conflicts,
            ["gaps"] = report.Gaps,
            ["missing_bars"] = report.MissingBars,
            ["series"] = new JsonArray([.. report.Series.Select(series => ToJson(series, outcome.HolesOf(series)))]),
            ["refused_rows"] = new JsonArray([.. outcome.Refused.FirstByFile.Values.SelectMany(rows => rows).Select(row => new JsonObject
            {
                ["file"] = row.File,
                ["line"] = row.Line,
                ["reason"] = row.Reason,
            })]),
            ["refused_by_reason"] = new JsonArray([.. outcome.Refused.Kinds.Select(kind => new JsonObject
            {
                ["file"] = kind.First.File,
                ["reason"] = kind.Reason,
                ["count"] = kind.Count,
                ["first_line"] = kind.First.Line,
            })]),
            ["skipped_files"] = new JsonArray([.. outcome.Skipped.Select(skipped => new JsonObject
            {
                ["file"] = skipped.Path,
                ["reason"] = skipped.Reason,
            })]),
        };
    }

    private static string Expected =>
        "A row has the 12 columns of Binance: open_time and close_time as whole milliseconds since 1970, such as 1755616200000, "
        + "and count as a whole number";

    private static void Print(ImportedSeries series, ImportOutcome outcome, TextWriter to)
    {
        var span = series is { FirstOpenMs: { } first, LastOpenMs: { } last }
            ? $", {ImportReportFile.Time(first)} to {ImportReportFile.Time(last)}"
            : "";
        var gaps = series.FirstOpenMs is null ? "gaps unknown" : FormattableString.Invariant($"{series.Gaps.Count:N0} gaps");
        Say(to, $"{series.Series}: {series.Read.Rows:N0} rows, {series.Stored.Added:N0} added, {series.Stored.Same:N0} were there already, {series.Read.Refused:N0} refused, {gaps}{span}");
        if (series.Fault is not null) Say(to, $"  reading ended early: {series.Fault}");
        Print("gap", series.Gaps, outcome.ReportPath, to);
        Print("among the refused rows: hole", outcome.HolesOf(series), outcome.ReportPath, to);
    }

    private static void Print(string name, IReadOnlyList<CandleGap> gaps, string reportPath, TextWriter to)
    {
        foreach (var gap in gaps.Take(GapsShown))
            Say(to, $"  {name} from {ImportReportFile.Time(gap.FromMs)} to {ImportReportFile.Time(gap.ToMs)}: {gap.Bars:N0} missing");
        if (gaps.Count > GapsShown) Say(to, $"  … and {gaps.Count - GapsShown:N0} more, all in {reportPath}");
    }

    private static JsonObject ToJson(ImportedSeries series, IReadOnlyList<CandleGap> refusedHoles) => new()
    {
        ["symbol"] = series.Series.Symbol.Name,
        ["timeframe"] = series.Series.Frame.Code(),
        ["rows"] = series.Read.Rows,
        ["refused"] = series.Read.Refused,
        ["duplicates"] = series.Read.Duplicates,
        ["added"] = series.Stored.Added,
        ["already_there"] = series.Stored.Same,
        ["conflicts"] = series.Stored.Conflicts,
        ["first_open"] = series.FirstOpenMs is { } first ? ImportReportFile.Time(first) : null,
        ["last_open"] = series.LastOpenMs is { } last ? ImportReportFile.Time(last) : null,
        ["missing_bars"] = series.MissingBars,
        ["fault"] = series.Fault,
        ["gaps"] = ToJson(series.Gaps),
        ["gaps_between_refused"] = ToJson(refusedHoles),
    };

    private static JsonArray ToJson(IReadOnlyList<CandleGap> gaps) => new([.. gaps.Select(gap => new JsonObject
    {
        ["from"] = ImportReportFile.Time(gap.FromMs),
        ["to"] = ImportReportFile.Time(gap.ToMs),
        ["bars"] = gap.Bars,
    })]);

    private static void Say(TextWriter to, FormattableString text) =>
        to.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
