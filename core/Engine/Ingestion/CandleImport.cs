using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Copies recorded candles into the store, a batch per transaction. Refused rows are reported by the
/// source as it reads them; what is missing is reported, never filled in; importing twice adds nothing.
/// </summary>
public sealed class CandleImport(ICandleSource source, ICandleStore store)
{
    private const int BatchCandles = 10_000;

    /// <summary>
    /// Told of each candle that stands in the store with other values: the one read, then the stored one.
    /// </summary>
    public Action<SeriesInfo, Candle, Candle>? OnConflict { get; init; }

    /// <param name="onProgress">Called after each batch with the series and the candles read of it so
    /// far.</param>
    /// <param name="cancel">Ends after the batch under way; what was stored stays.</param>
    public async Task<ImportReport> RunAsync(
        Action<SeriesInfo, long>? onProgress = null, CancellationToken cancel = default)
    {
        var all = new List<ImportedSeries>();
        foreach (var series in source.Series) all.Add(await RunAsync(series, onProgress, cancel));
        return new(all);
    }

    private async Task<ImportedSeries> RunAsync(
        SeriesInfo series, Action<SeriesInfo, long>? onProgress, CancellationToken cancel)
    {
        var gaps = new List<CandleGap>();
        var batch = new Candle[BatchCandles];
        var (stored, read) = (default(AppendCounts), default(ReadCounts));
        long? first = null, last = null;
        long count = 0;
        string? fault = null;
        ICandleReader? reader = null;
        try
        {
            reader = source.Open(series);
            for (int filled; (filled = Fill(reader, batch, ref fault)) > 0;)
            {
                first ??= batch[0].OpenTimeMs;
                FindGaps(batch.AsSpan(0, filled), series.Frame, last, gaps);
                last = batch[filled - 1].OpenTimeMs;
                var counts = await store.AppendAsync(series, batch.AsMemory(0, filled), cancel);
                stored += counts;
                if (counts.Conflicts > 0) await NameConflictsAsync(series, batch.AsMemory(0, filled), cancel);
                onProgress?.Invoke(series, count += filled);
            }
        }
        catch (IOException e) when (reader is null)
        {
            fault = e.Message;
        }
        finally
        {
            read = reader?.Counts ?? default;
            reader?.Dispose();
        }

        return new(series, read, stored, first, last, gaps, fault);
    }

    private async Task NameConflictsAsync(
        SeriesInfo series, ReadOnlyMemory<Candle> read, CancellationToken cancel)
    {
        if (OnConflict is null) return;
        var (from, to) = (read.Span[0].OpenTimeMs, read.Span[^1].OpenTimeMs + 1);
        var stored = (await store.ReadAsync(series, from, to, cancel: cancel))
            .ToDictionary(candle => candle.OpenTimeMs);
        for (var i = 0; i < read.Length; i++)
        {
            var candle = read.Span[i];
            if (stored.TryGetValue(candle.OpenTimeMs, out var kept) && kept != candle)
                OnConflict(series, candle, kept);
        }
    }

    /// <summary>
    /// The next candles; a damaged file ends the series, and what was read before it counts.
    /// </summary>
    private static int Fill(ICandleReader reader, Candle[] batch, ref string? fault)
    {
        var filled = 0;
        if (fault is not null) return 0;
        try
        {
            while (filled < batch.Length && reader.TryRead(out batch[filled])) filled++;
        }
        catch (IOException e)
        {
            fault = e.Message;
        }

        return filled;
    }

    private static void FindGaps(
        ReadOnlySpan<Candle> bars, TimeFrame frame, long? before, List<CandleGap> gaps)
    {
        var length = frame.Ms();
        var expected = before + length ?? bars[0].OpenTimeMs;
        foreach (ref readonly var bar in bars)
        {
            if (bar.OpenTimeMs != expected)
                gaps.Add(new(expected, bar.OpenTimeMs, (bar.OpenTimeMs - expected) / length));
            expected = bar.OpenTimeMs + length;
        }
    }
}
