using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Commands;

/// <summary>
/// <c>import-report.jsonl</c>: everything an import has to say, a line each, however much it is. Lines of
/// kind <c>refused</c>, <c>conflict</c>, <c>gap</c>,
/// <c>gap_between_refused</c> (where every row of the series was refused), <c>series</c> and
/// <c>skipped_file</c>.
/// </summary>
internal sealed class ImportReportFile : IDisposable
{
    private readonly FileStream _file;
    private readonly Utf8JsonWriter _json;

    public ImportReportFile(string path)
    {
        _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        // Russian stays readable; no HTML is near.
        _json = new(_file, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public static string Time(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms)
            .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public void Refused(KlineRowError row) => Line("refused", json =>
    {
        json.WriteString("file", row.File);
        json.WriteNumber("line", row.Line);
        json.WriteString("reason", row.Reason);
        json.WriteString("text", row.Text);
    });

    public void Conflict(SeriesInfo series, Candle read, Candle stored) => Line("conflict", json =>
    {
        Name(json, series);
        json.WriteString("open_time", Time(read.OpenTimeMs));
        json.WriteString("read", read.ToString());
        json.WriteString("stored", stored.ToString());
    });

    public void Skipped(SkippedFile file) => Line("skipped_file", json =>
    {
        json.WriteString("file", file.Path);
        json.WriteString("reason", file.Reason);
    });

    public void Series(ImportedSeries series, IReadOnlyList<CandleGap> refusedHoles)
    {
        foreach (var gap in series.Gaps) Gap("gap", series.Series, gap);
        foreach (var hole in refusedHoles) Gap("gap_between_refused", series.Series, hole);
        Line("series", json =>
        {
            Name(json, series.Series);
            json.WriteNumber("rows", series.Read.Rows);
            json.WriteNumber("refused", series.Read.Refused);
            json.WriteNumber("duplicates", series.Read.Duplicates);
            json.WriteNumber("added", series.Stored.Added);
            json.WriteNumber("already_there", series.Stored.Same);
            json.WriteNumber("conflicts", series.Stored.Conflicts);
            json.WriteNumber("missing_bars", series.MissingBars);
            if (series.Fault is not null) json.WriteString("fault", series.Fault);
        });
    }

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }

    private void Gap(string kind, SeriesInfo series, CandleGap gap) => Line(kind, json =>
    {
        Name(json, series);
        json.WriteString("from", Time(gap.FromMs));
        json.WriteString("to", Time(gap.ToMs));
        json.WriteNumber("bars", gap.Bars);
    });

    private static void Name(Utf8JsonWriter json, SeriesInfo series)
    {
        json.WriteString("symbol", series.Symbol.Name);
        json.WriteString("timeframe", series.Frame.Code());
    }

    private void Line(string kind, Action<Utf8JsonWriter> write)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("kind", kind);
        write(_json);
        _json.WriteEndObject();
        _json.Flush();
        _file.WriteByte((byte)'\n');
    }
}
