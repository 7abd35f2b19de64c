namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented log lines; a new one every two seconds.</summary>
internal sealed class SampleLogs(TimeProvider time) : ILogSource
{
    private const int Step = 2_000;

    private static readonly (string Level, string Source, string Text, string? Exception)[] Lines =
    [
        ("information", "FuturesBot.Run", "Closed 15m of 12 symbols, decided in 1.8 ms", null),
        ("debug", "FuturesBot.Wire", "GET /fapi/v1/klines SOLUSDT 15m took 38 ms, weight 2", null),
        ("information", "FuturesBot.Signals", "SOLUSDT long Break & Retest: score 5.75 of 3.00, entry 156.48, stop 155.02", null),
        ("information", "FuturesBot.Signals", "ADAUSDT short refused: cost 0.24 R is above 0.20 R", null),
        ("warning", "FuturesBot.Wire", "Connection public 3 was silent for 12 s; a new one is opened", null),
        ("debug", "FuturesBot.Books", "LTCUSDT: update 8221004113 does not continue 8221004102, a snapshot is asked for", null),
        ("error", "FuturesBot.Data", "The survey of LTCUSDT 15m failed; it is tried again in a minute", "System.IO.IOException: the store is busy\n   at FuturesBot.Data.Survey()"),
        ("information", "FuturesBot.Page", "local changed exits.runner_trail from 1.2 to 1.6", null),
    ];

    private static readonly string[] Levels = ["debug", "information", "warning", "error", "fatal"];

    public LogPageView Read(LogQuery query)
    {
        var newest = time.GetUtcNow().ToUnixTimeMilliseconds() / Step;
        var least = Array.IndexOf(Levels, query.Level);
        var lines = Enumerable.Range(0, 600).Select(i =>
            {
                var number = newest - i;
                var (level, source, text, exception) = Lines[(int)(number % Lines.Length)];
                return new LogLineView(number * Step, level, source, text, exception);
            })
            .Where(line => Array.IndexOf(Levels, line.Level) >= least)
            .Where(line => query.Log == "main" || line.Source == "FuturesBot.Signals")
            .Where(line => query.Text is null || line.Text.Contains(query.Text, StringComparison.OrdinalIgnoreCase))
            .Where(line => query.SinceMs is not { } since || line.AtMs >= since);
        return new([.. lines.Take(query.Limit)], Complete: false, Unreadable: 1);
    }
}
