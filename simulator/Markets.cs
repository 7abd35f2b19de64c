using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator;

/// <summary>The market that an exchange is started with.</summary>
internal static class Markets
{
    private const long MinuteMs = 60_000;
    private const long UsualHistoryMs = 60 * 1440 * MinuteMs;

    /// <exception cref="ArgumentException">Times that do not fit each other, or a folder that cannot be replayed.</exception>
    public static MarketSource Of(SimulatedExchangeOptions options, TimeProvider time)
    {
        if (options.DataFolder is not null)
            throw new ArgumentException("Recorded markets cannot be replayed by this exchange", nameof(options));
        var startAtMs = options.StartAtMs ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        var firstMs = options.MarketStartMs ?? (startAtMs - UsualHistoryMs) / MinuteMs * MinuteMs;
        var daysKept = (int)Math.Clamp(((startAtMs - firstMs) / (1440 * MinuteMs)) + 4, 2, 3_650);
        var engine = new MarketEngine(
            new GeneratedSource(options.Seed, firstMs, options.Symbols), new() { StartAtMs = startAtMs, DaysKept = daysKept });
        return new(engine, _ => null);
    }
}
