using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator;

/// <summary>The market that an exchange is started with.</summary>
internal static class Markets
{
    private const long MinuteMs = 60_000;
    private const long DayMs = 1440 * MinuteMs;
    private const long UsualHistoryMs = 60 * DayMs;
    private const int DaysKeptMax = 3_650;

    /// <exception cref="ArgumentException">Times that do not fit each other.</exception>
    /// <exception cref="IOException">A folder that is not there.</exception>
    /// <exception cref="InvalidDataException">A folder that cannot be replayed.</exception>
    public static MarketSource Of(SimulatedExchangeOptions options, TimeProvider time) =>
        new(options.DataFolder is { } folder ? Replayed(folder, options) : Generated(options, time));

    private static MarketEngine Generated(SimulatedExchangeOptions options, TimeProvider time)
    {
        var startAtMs = options.StartAtMs ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        var firstMs = options.MarketStartMs ?? (startAtMs - UsualHistoryMs) / MinuteMs * MinuteMs;
        var symbols = options.Symbols
            ?? (options.SymbolCount > 0 ? SymbolUniverse.Of(options.Seed, options.SymbolCount, startAtMs) : null);
        return new(
            new GeneratedSource(options.Seed, firstMs, symbols),
            new() { StartAtMs = startAtMs, DaysKept = DaysKept(firstMs, startAtMs) });
    }

    private static MarketEngine Replayed(string folder, SimulatedExchangeOptions options)
    {
        var source = new KlineReplaySource(folder, new() { FromMs = options.MarketStartMs, Seed = options.Seed });
        var endMs = source.EndMs ?? source.NextMinuteMs;
        return new(source, new() { StartAtMs = options.StartAtMs, DaysKept = DaysKept(source.NextMinuteMs, endMs) });
    }

    private static int DaysKept(long firstMs, long startAtMs) =>
        (int)Math.Clamp(((startAtMs - firstMs) / DayMs) + 4, 2, DaysKeptMax);
}
