using System.Globalization;
using System.Text.Json.Nodes;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Commands;

/// <summary>What a finished download prints.</summary>
internal static class DownloadScreen
{
    private const int Shown = 20;

    public static void Print(DownloadOutcome outcome, TextWriter to)
    {
        foreach (var files in outcome.Report.Files.GroupBy(file => file.Series)) Print(files.Key, [.. files], outcome, to);
        foreach (var file in outcome.Report.Unusable.Take(Shown)) Say(to, $"not got {file}: {file.Fault}");
        if (outcome.Report.Unusable.Count > Shown) Say(to, $"… and {outcome.Report.Unusable.Count - Shown:N0} more");
        foreach (var absent in outcome.Absent)
            Say(to, $"The archive has no file of {absent} in this span; symbol and time may be mistaken, or it was not listed yet");
        if (outcome.Report.Files.Count == 0) Say(to, $"No file can be out for this span yet: a day's comes on the day after it");

        var (report, candles) = (outcome.Report, outcome.Report.Candles);
        Say(to, $"{report.Count(ArchiveState.Read):N0} files got, {report.Count(ArchiveState.Same):N0} were here already, {report.Revised.Count:N0} revised, {report.Count(ArchiveState.NotThere):N0} not published, {report.Unusable.Count:N0} failed");
        if (outcome.IsStore) Say(to, $"{candles.Added:N0} candles added, {candles.Same:N0} were there already, {candles.Replaced:N0} replaced, {report.Refused:N0} rows refused");
        Say(to, $"{(outcome.IsStore ? "store" : "files")} {outcome.Target}");
    }

    public static JsonObject ToJson(DownloadOutcome outcome) => new()
    {
        ["clean"] = outcome.IsGood,
        ["archive"] = outcome.Archive.AbsoluteUri,
        [outcome.IsStore ? "store" : "out"] = outcome.Target,
        ["files"] = outcome.Report.Files.Count,
        ["got"] = outcome.Report.Count(ArchiveState.Read),
        ["already_there"] = outcome.Report.Count(ArchiveState.Same),
        ["revised"] = outcome.Report.Revised.Count,
        ["not_published"] = outcome.Report.Count(ArchiveState.NotThere),
        ["failed"] = outcome.Report.Unusable.Count,
        ["candles_added"] = outcome.Report.Candles.Added,
        ["candles_same"] = outcome.Report.Candles.Same,
        ["candles_replaced"] = outcome.Report.Candles.Replaced,
        ["rows_refused"] = outcome.Report.Refused,
        ["series"] = new JsonArray([.. outcome.Report.Files.GroupBy(file => file.Series).Select(files => ToJson(files.Key, [.. files], outcome))]),
        ["faults"] = new JsonArray([.. outcome.Report.Unusable.Select(file => new JsonObject
        {
            ["symbol"] = file.Series.Symbol.Name,
            ["timeframe"] = file.Series.Frame.Code(),
            ["period"] = file.Period.ToString(),
            ["reason"] = file.Fault,
        })]),
    };

    private static void Print(SeriesInfo series, DownloadedFile[] files, DownloadOutcome outcome, TextWriter to)
    {
        var here = files.Count(file => file.State is ArchiveState.Read or ArchiveState.Same);
        var sound = outcome.Series.FirstOrDefault(one => one.Series == series);
        Say(to, $"{series}: {here:N0} of {files.Length:N0} files{(sound is null ? "" : Told(sound))}");
        foreach (var gap in (sound?.Gaps ?? []).Take(Shown))
            Say(to, $"  gap from {ImportReportFile.Time(gap.FromMs)} to {ImportReportFile.Time(gap.ToMs)}: {gap.Bars:N0} missing");
        if (sound?.Gaps.Count > Shown) Say(to, $"  … and {sound.Gaps.Count - Shown:N0} more gaps");
        foreach (var file in files.Where(file => file.IsRevised).Take(Shown)) Say(to, $"  revised since: {file.Period}");
    }

    private static string Told(SeriesIntegrity sound) => string.Create(
        CultureInfo.InvariantCulture,
        $", {sound.Sound:N0} candles from {ImportReportFile.Time(sound.FromMs)} to {ImportReportFile.Time(sound.ToMs)}, {sound.Missing:N0} missing");

    private static JsonObject ToJson(SeriesInfo series, DownloadedFile[] files, DownloadOutcome outcome)
    {
        var json = new JsonObject
        {
            ["symbol"] = series.Symbol.Name,
            ["timeframe"] = series.Frame.Code(),
            ["files"] = files.Length,
            ["here"] = files.Count(file => file.State is ArchiveState.Read or ArchiveState.Same),
            ["revised"] = new JsonArray([.. files.Where(file => file.IsRevised).Select(file => JsonValue.Create(file.Period.ToString()))]),
        };
        if (outcome.Series.FirstOrDefault(one => one.Series == series) is not { } sound) return json;
        json["from"] = ImportReportFile.Time(sound.FromMs);
        json["to"] = ImportReportFile.Time(sound.ToMs);
        json["candles"] = sound.Sound;
        json["missing_bars"] = sound.Missing;
        json["gaps"] = new JsonArray([.. sound.Gaps.Select(gap => new JsonObject
        {
            ["from"] = ImportReportFile.Time(gap.FromMs),
            ["to"] = ImportReportFile.Time(gap.ToMs),
            ["bars"] = gap.Bars,
        })]);
        return json;
    }

    private static void Say(TextWriter to, FormattableString text) => to.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
