using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FuturesBot.Domain.Reporting;

/// <summary><c>summary.json</c>, and the same figures for the page.</summary>
public static class SummaryJson
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The whole file, ending in a line feed.</summary>
    public static byte[] ToUtf8(Summary summary)
    {
        var buffer = new ArrayBufferWriter<byte>(16_384);
        using (var writer = new Utf8JsonWriter(buffer, Indented)) Write(writer, summary);
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(Utf8JsonWriter writer, Summary summary)
    {
        var facts = summary.Facts;
        writer.WriteStartObject();
        writer.WriteString("profile", facts.Profile);
        writer.WriteTime("data_from", facts.DataFromMs);
        writer.WriteTime("data_to", facts.DataToMs);
        writer.WriteNumber("symbols", facts.Symbols);
        writer.WriteNumber("candles", facts.Candles);
        writer.WriteReal("candles_per_second", facts.CandlesPerSecond);
        WritePanelFields(writer, summary.Panel);
        writer.WriteString("ledger_hash", facts.LedgerHash);
        writer.WriteEndObject();
    }

    /// <summary>The panel as an object of its own: what <c>GET /api/performance</c> returns.</summary>
    public static void WritePanel(Utf8JsonWriter writer, PerformancePanel panel)
    {
        writer.WriteStartObject();
        writer.WriteTime("from", panel.Options.FromMs);
        writer.WriteTime("to", panel.Options.ToMs);
        WritePanelFields(writer, panel);
        writer.WriteStartArray("equity");
        foreach (var point in panel.Equity)
        {
            writer.WriteStartObject();
            writer.WriteTime("time", point.TimeMs);
            writer.WriteReal("net_r", point.NetR);
            writer.WriteReal("gross_r", point.GrossR);
            writer.WriteReal("drawdown_r", point.DrawdownR);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePanelFields(Utf8JsonWriter writer, PerformancePanel panel)
    {
        writer.WriteNumber("trades", panel.Overall.N);
        WriteFigures(writer, panel.Overall);
        writer.WriteReal("cost_r", panel.CostR);
        WriteRisk(writer, panel);
        WriteExcursions(writer, panel.Excursions);
        WriteGroups(writer, "by_strategy", panel.ByStrategy);
        WriteGroups(writer, "by_regime", panel.ByRegime);
        WriteGroups(writer, "by_score_bucket", panel.ByScoreBucket);
        WriteGroups(writer, "by_symbol", panel.BySymbol);
        WriteGroups(writer, "by_direction", panel.ByDirection);
        WriteSentinel(writer, panel.Sentinel);
        WriteRefusals(writer, panel.Refusals);
        writer.WriteNumber("shadowed", panel.Shadowed);
        WriteGroup(writer, "signals_view", panel.SignalsView);
        if (panel.AuthorCounting is { } author) WriteGroup(writer, "author_counting", author);
    }

    private static void WriteFigures(Utf8JsonWriter writer, GroupStatistics group)
    {
        writer.WriteNumber("wins", group.Wins);
        writer.WriteNumber("break_evens", group.BreakEvens);
        writer.WriteNumber("losses", group.Losses);
        writer.WriteReal("win_rate", group.WinRate.Rate ?? double.NaN);
        writer.WriteInterval("win_rate_ci95", group.WinRate.Ci95);
        writer.WriteReal("expectancy_r_net", group.ExpectancyRNet);
        writer.WriteInterval("expectancy_r_net_ci95", group.ExpectancyRNetCi95);
        writer.WriteBoolean("edge_proven", group.EdgeProven);
        writer.WriteReal("profit_factor_net", group.ProfitFactorNet);
        writer.WriteReal("total_r_net", group.TotalRNet);
        writer.WriteReal("total_r_gross", group.TotalRGross);
    }

    private static void WriteRisk(Utf8JsonWriter writer, PerformancePanel panel)
    {
        writer.WriteReal("max_drawdown_r", panel.Drawdown.DepthR);
        if (panel.Drawdown.TroughMs is { } trough) writer.WriteTime("max_drawdown_at", trough);
        else writer.WriteNull("max_drawdown_at");
        writer.WriteReal("under_water_days_max", panel.Drawdown.LongestUnderWaterMs / 86_400_000.0);
        writer.WriteReal("under_water_share", panel.Drawdown.UnderWaterShare);
        writer.WriteNumber("days", panel.Days);
        writer.WriteReal("sharpe", panel.Sharpe);
        writer.WriteReal("sortino", panel.Sortino);
        writer.WriteReal("probabilistic_sharpe", panel.ProbabilisticSharpe);
        writer.WriteReal("deflated_sharpe", panel.DeflatedSharpe);
        writer.WriteNumber("trials", panel.Options.Trials);
        writer.WriteReal("min_track_record_days", panel.MinimumTrackRecordDays);
        writer.WriteNumber("win_streak_max", panel.Streaks.WinsMax);
        writer.WriteNumber("loss_streak_max", panel.Streaks.LossesMax);
    }

    private static void WriteExcursions(Utf8JsonWriter writer, Excursions excursions)
    {
        writer.WriteReal("edge_ratio", excursions.EdgeRatio);
        writer.WriteStartObject("excursion_quantiles");
        WriteNumbers(writer, "levels", Excursions.Levels);
        WriteNumbers(writer, "mfe_r", excursions.MfeR);
        WriteNumbers(writer, "mae_r", excursions.MaeR);
        WriteNumbers(writer, "winners_mae_r", excursions.WinnersMaeR);
        WriteNumbers(writer, "losers_mfe_r", excursions.LosersMfeR);
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IReadOnlyList<double> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers) writer.WriteRealValue(number);
        writer.WriteEndArray();
    }

    private static void WriteGroups(Utf8JsonWriter writer, string name, IReadOnlyList<GroupStatistics> groups)
    {
        writer.WriteStartObject(name);
        foreach (var group in groups) WriteGroup(writer, group.Name, group);
        writer.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter writer, string name, GroupStatistics group)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("n", group.N);
        WriteFigures(writer, group);
        writer.WriteEndObject();
    }

    private static void WriteSentinel(Utf8JsonWriter writer, IReadOnlyList<ScoreSentinel> sentinel)
    {
        writer.WriteStartArray("score_sentinel");
        foreach (var watched in sentinel)
        {
            writer.WriteStartObject();
            writer.WriteString("scale", watched.Scale);
            writer.WriteString("part", watched.Name);
            writer.WriteNumber("n", watched.N);
            writer.WriteReal("fires_share", watched.FiresShare);
            writer.WriteReal("unavailable_share", watched.UnavailableShare);
            writer.WriteReal("rank_correlation", watched.RankCorrelation);
            writer.WriteString("verdict", Code(watched.Verdict));
            writer.WriteBoolean("alert", watched.Alert);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRefusals(Utf8JsonWriter writer, IReadOnlyList<RefusalCount> refusals)
    {
        writer.WriteStartObject("refusals");
        foreach (var refusal in refusals)
        {
            writer.WriteStartObject(refusal.Reason);
            writer.WriteNumber("count", refusal.Count);
            if (refusal.Example is { } example)
            {
                writer.WriteStartObject("example");
                writer.WriteString("symbol", example.Symbol);
                writer.WriteString("strategy", example.Strategy);
                writer.WriteTime("time", example.TimeMs);
                writer.WriteString("predicate", example.Predicate);
                writer.WriteReal("value", example.Value);
                writer.WriteReal("threshold", example.Threshold);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string Code(SentinelVerdict verdict) => verdict switch
    {
        SentinelVerdict.InOrder => "in_order",
        SentinelVerdict.Inverted => "inverted",
        SentinelVerdict.NeverFires => "never_fires",
        _ => "cannot_say",
    };
}
