using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator;

/// <summary>The market that an exchange is started with.</summary>
internal static class Markets
{
    private const long MinuteMs = 60_000;
    private const long DayMs = 1440 * MinuteMs;
    private const int DaysKeptMax = 3_650;

    // Enough for a 200-bar mean of 4 h candles; a minute's row of each symbol is held in memory.
    private const int UsualDays = 60;
    private const int UsualDaysOfMany = 36;
    private const int Many = 60;

    private static readonly string[] RecordingEndings = [".raw", ".raw.gz", ".jsonl", ".jsonl.gz"];

    /// <exception cref="ArgumentException">Times that do not fit each other.</exception>
    /// <exception cref="IOException">A folder that is not there.</exception>
    /// <exception cref="InvalidDataException">A folder that cannot be replayed.</exception>
    public static MarketSource Of(SimulatedExchangeOptions options, TimeProvider time) =>
        new(options.DataFolder is { } folder ? Replayed(folder, options) : Generated(options, time));

    /// <summary>First minute of a generated market whose beginning nobody has chosen.</summary>
    public static long FirstMs(int symbols, long startAtMs) => (startAtMs - ((symbols > Many ? UsualDaysOfMany : UsualDays) * DayMs)) / MinuteMs * MinuteMs;

    private static MarketEngine Generated(SimulatedExchangeOptions options, TimeProvider time)
    {
        var startAtMs = options.StartAtMs ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        var symbols = options.Symbols
            ?? (options.SymbolCount > 0 ? SymbolUniverse.Of(options.Seed, options.SymbolCount, startAtMs) : null);
        var firstMs = options.MarketStartMs ?? FirstMs(symbols?.Count ?? 0, startAtMs);
        return new(
            new GeneratedSource(options.Seed, firstMs, symbols),
            new() { StartAtMs = startAtMs, DaysKept = DaysKept(firstMs, startAtMs) });
    }

    // Raw depth recordings where the folder has any, else kline files.
    private static IMarket Replayed(string folder, SimulatedExchangeOptions options)
    {
        var recordings = Directory.EnumerateFiles(folder)
            .Where(file => Array.Exists(RecordingEndings, ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).ToArray();
        if (recordings.Length > 0) return new RecordedMarket(recordings);

        var source = new KlineReplaySource(folder, new() { FromMs = options.MarketStartMs, Seed = options.Seed });
        var endMs = source.EndMs ?? source.NextMinuteMs;
        return new MarketEngine(source, new() { StartAtMs = options.StartAtMs, DaysKept = DaysKept(source.NextMinuteMs, endMs) });
    }

    private static int DaysKept(long firstMs, long startAtMs) =>
        (int)Math.Clamp(((startAtMs - firstMs) / DayMs) + 4, 2, DaysKeptMax);
}
