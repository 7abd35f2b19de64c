using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>The candles of charts: those that the run keeps, or, where it keeps a few of each series alone, those in the store.</summary>
/// <param name="shelf">What the run keeps.</param>
/// <param name="gate">Held while that is read.</param>
/// <param name="store">Where the closed candles are.</param>
/// <param name="isWrittenElsewhere">
/// Asked before the store is read: another process writes to it now, so what is remembered of it may be old. Null: never.
/// </param>
public sealed class ChartReader(CandleShelf shelf, Lock gate, ICandleStore store, Func<bool>? isWrittenElsewhere = null) : IDisposable
{
    // One reading after another: each holds a whole chart beside those that are kept.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The newest closed candles, oldest first.</summary>
    /// <param name="series">Which series.</param>
    /// <param name="limit">At most so many, and no more than a chart has.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async ValueTask<Candle[]> NewestAsync(SeriesInfo series, int limit, CancellationToken cancel = default)
    {
        if (Known() is { } known) return known;
        await _turn.WaitAsync(cancel);
        try
        {
            if (Known() is { } meanwhile) return meanwhile;
            if (isWrittenElsewhere?.Invoke() == true) await store.RefreshAsync(cancel);
            long toMs;
            lock (gate)
            {
                // What closes later is told; the store may be ahead of the run. A series without a last candle has none in the store.
                if (shelf.Last(series) is not { } last) return [];
                toMs = last.OpenTimeMs + 1;
            }

            var stored = await store.ReadAsync(series, long.MinValue, toMs, shelf.ChartCandles, cancel);
            lock (gate) return shelf.PutChart(series, stored, limit);
        }
        finally
        {
            _turn.Release();
        }

        Candle[]? Known()
        {
            lock (gate) return shelf.Chart(series, limit);
        }
    }

    public void Dispose() => _turn.Dispose();
}
