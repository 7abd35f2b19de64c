using System.Globalization;
using System.Text.Json.Nodes;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

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
        if (outcome.Refused.Count > 0) Say(to, $"{outcome.Refused.Count:N0} rows were refused:");
        foreach (var kind in outcome.Refused.Kinds)
        {
            var where = FormattableString.Invariant(
                $"{Path.GetFileName(kind.First.File)}, first in line {kind.First.Line}");
            Say(to, $"  {kind.Count:N0} × {kind.Reason} ({where})");
        }

        PrintSum(outcome, to);
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
            ["series"] = new JsonArray(
                [.. report.Series.Select(series => ToJson(series, outcome.HolesOf(series)))]),
            ["refused_rows"] = new JsonArray(
                [.. outcome.Refused.FirstByFile.Values.SelectMany(rows => rows).Select(ToJson)]),
            ["refused_by_reason"] = new JsonArray([.. outcome.Refused.Kinds.Select(ToJson)]),
            ["skipped_files"] = new JsonArray([.. outcome.Skipped.Select(ToJson)]),
        };
    }

    private static void Print(ImportedSeries series, ImportOutcome outcome, TextWriter to)
    {
        var span = series is { FirstOpenMs: { } first, LastOpenMs: { } last }
            ? $", {ImportReportFile.Time(first)} to {ImportReportFile.Time(last)}"
            : "";
        var gaps = series.FirstOpenMs is null
            ? "gaps unknown"
            : FormattableString.Invariant($"{series.Gaps.Count:N0} gaps");
        var stored = FormattableString.Invariant(
            $"{series.Stored.Added:N0} added, {series.Stored.Same:N0} were there already");
        var (rows, refused) = (series.Read.Rows, series.Read.Refused);
        Say(to, $"{series.Series}: {rows:N0} rows, {stored}, {refused:N0} refused, {gaps}{span}");
        if (series.Fault is not null) Say(to, $"  reading ended early: {series.Fault}");
        Print("gap", series.Gaps, outcome.ReportPath, to);
        Print("among the refused rows: hole", outcome.HolesOf(series), outcome.ReportPath, to);
    }

    private static void PrintSum(ImportOutcome outcome, TextWriter to)
    {
        var (report, read, stored) = (outcome.Report, outcome.Report.Read, outcome.Report.Stored);
        if (stored.Conflicts > 0)
        {
            Say(to, $"{stored.Conflicts:N0} candles stand in the store with other values;");
            Say(to, $"  the stored ones stayed, all in {outcome.ReportPath}");
        }

        if (report.Series.Count == 0)
        {
            Say(to, $"There are no kline files of the asked symbols in '{outcome.Data}';");
            Say(to, $"  names such as BTCUSDT-15m.csv.gz are read");
        }
        else if (read.Accepted + read.Duplicates == 0)
        {
            Say(to, $"Nothing usable: none of {read.Rows:N0} rows became a candle.");
            Say(to, $"  A row has the 12 columns of Binance: open_time and close_time as whole milliseconds");
            Say(to, $"  since 1970, such as 1755616200000, and count as a whole number");
        }

        Say(to, $"{read.Rows:N0} rows read, {read.Refused:N0} refused");
        Say(to, $"{stored.Added:N0} candles added, {stored.Same:N0} were there already");
        Say(to, $"{report.Gaps:N0} gaps with {report.MissingBars:N0} candles missing");
        Say(to, $"store {outcome.Store}");
        Say(to, $"report {outcome.ReportPath}");
    }

    private static void Print(string name, IReadOnlyList<CandleGap> gaps, string reportPath, TextWriter to)
    {
        foreach (var gap in gaps.Take(GapsShown))
        {
            var (from, until) = (ImportReportFile.Time(gap.FromMs), ImportReportFile.Time(gap.ToMs));
            Say(to, $"  {name} from {from} to {until}: {gap.Bars:N0} missing");
        }

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

    private static JsonArray ToJson(IReadOnlyList<CandleGap> gaps) => new([.. gaps.Select(ToJson)]);

    private static JsonObject ToJson(CandleGap gap) => new()
    {
        ["from"] = ImportReportFile.Time(gap.FromMs),
        ["to"] = ImportReportFile.Time(gap.ToMs),
        ["bars"] = gap.Bars,
    };

    private static JsonObject ToJson(KlineRowError row) => new()
    {
        ["file"] = row.File,
        ["line"] = row.Line,
        ["reason"] = row.Reason,
    };

    private static JsonObject ToJson(RefusedKind kind) => new()
    {
        ["file"] = kind.First.File,
        ["reason"] = kind.Reason,
        ["count"] = kind.Count,
        ["first_line"] = kind.First.Line,
    };

    private static JsonObject ToJson(SkippedFile skipped) => new()
    {
        ["file"] = skipped.Path,
        ["reason"] = skipped.Reason,
    };

    private static void Say(TextWriter to, FormattableString text) =>
        to.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
