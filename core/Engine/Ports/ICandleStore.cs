using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>Closed candles, kept. Appending the same candle again changes nothing.</summary>
public interface ICandleStore
{
    /// <summary>
    /// Adds candles in any order, all or none. The first value of an open time stays: a different one is
    /// counted as a conflict, never written over it.
    /// </summary>
    Task<AppendCounts> AppendAsync(
        SeriesInfo series, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default);

    /// <summary>
    /// Puts a range right: afterwards the candles that open in [<paramref name="fromMs"/>, <paramref name="toMs"/>)
    /// are these and no others, all or nothing. The only way in which a stored candle changes; for values that the
    /// exchange calls final.
    /// </summary>
    /// <exception cref="ArgumentException">A candle opens outside of the range, or two at the same time.</exception>
    Task<RepairCounts> ReplaceAsync(
        SeriesInfo series, long fromMs, long toMs, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default);

    /// <summary>
    /// Candles that open in [<paramref name="fromMs"/>, <paramref name="toMs"/>), in order of time.
    /// </summary>
    /// <param name="series">Which series.</param>
    /// <param name="fromMs">First open time, UTC, Unix milliseconds.</param>
    /// <param name="toMs">End of the range, not included.</param>
    /// <param name="newest">At most this many, the newest of the range.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<Candle>> ReadAsync(
        SeriesInfo series, long fromMs, long toMs, int newest = int.MaxValue,
        CancellationToken cancel = default);

    /// <summary>The newest candle; null when there is none.</summary>
    Task<Candle?> LastAsync(SeriesInfo series, CancellationToken cancel = default);

    /// <summary>Every series with at least one candle, by symbol (ordinal), then frame.</summary>
    Task<IReadOnlyList<SeriesInfo>> SeriesAsync(CancellationToken cancel = default);

    /// <summary>
    /// Forgets what is remembered of the stored candles, so that the next reads find what other processes have written meanwhile. A
    /// store with one process has nothing to forget.
    /// </summary>
    Task RefreshAsync(CancellationToken cancel = default) => Task.CompletedTask;
}
