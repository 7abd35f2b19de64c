using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Knows when the next closed candle of a series must have come. An acknowledged stream, and one on which the candle in
/// progress still changes, prove nothing: only the closed candle does.
/// </summary>
internal sealed class KlineWatch(TimeFrame frame, StreamOptions options)
{
    private long? _awaitedOpenMs;

    /// <summary>Closed candles in a row that did not come in time.</summary>
    public int Misses { get; private set; }

    /// <summary>From now on candles are expected, that in progress first.</summary>
    public void Begin(long nowMs) => _awaitedOpenMs = frame.OpenOf(nowMs);

    /// <summary>Nothing is expected: the stream is known to be down.</summary>
    public void Pause() => _awaitedOpenMs = null;

    /// <summary>A closed candle has come.</summary>
    public void See(long openMs)
    {
        if (_awaitedOpenMs is not { } awaited || openMs < awaited) return;
        _awaitedOpenMs = openMs + frame.Ms();
        Misses = 0;
    }

    /// <summary>True when the awaited candle is overdue; it is then given up, and a later one awaited.</summary>
    /// <param name="nowMs">Market time, UTC, Unix milliseconds.</param>
    /// <param name="speed">Market time per wall time.</param>
    public bool IsOverdue(long nowMs, double speed)
    {
        if (_awaitedOpenMs is not { } awaited) return false;

        var slackMs = Math.Max(
            (options.CandleSeconds * 1000) + (options.CandleSlack * frame.Ms()),
            options.CandleWallSeconds * 1000 * speed);
        if (nowMs - (awaited + frame.Ms()) <= slackMs) return false;

        _awaitedOpenMs = Math.Max(awaited + frame.Ms(), frame.OpenOf(nowMs));
        Misses++;
        return true;
    }
}
