using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Checks each closed candle of a stream once against the exchange's own row, by a request of weight 1. A difference is
/// believed when a second look some time later shows the same row; then that row stands in the store, so that whatever is
/// loaded later has the final values. Decisions that were taken stay as they were recorded, with the values they had.
/// </summary>
public sealed class CandleVerifier(
    IExchangeMarket market,
    ICandleStore store,
    IBudgetUse budget,
    VerifierOptions options,
    TimeProvider time,
    IIngestionListener? listener = null)
{
    // Nobody waits for a check: looking twice a second is soon enough.
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Waiting, DateTimeOffset> _waiting = new();
    private readonly Dictionary<SeriesInfo, long> _newest = [];
    private VerifierCounts _counts;

    public VerifierCounts Counts
    {
        get
        {
            lock (_gate) return _counts;
        }
    }

    /// <summary>Candles that wait to be checked, or to be looked at once more.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Takes a closed candle of a stream; never blocks. One that comes again is not checked again.</summary>
    public void Check(SeriesInfo series, in Candle streamed)
    {
        if (!options.Enabled || series.Frame < options.FrameMin) return;
        lock (_gate)
        {
            if (_newest.TryGetValue(series, out var newest) && streamed.OpenTimeMs <= newest) return;
            _newest[series] = streamed.OpenTimeMs;
            Later(new(series, streamed, FirstLook: null, IsSecond: false), options.DelaySeconds);
        }
    }

    /// <summary>
    /// Takes a closed candle that a request brought, of any frame; never blocks. The exchange may have answered before its row
    /// was final, and no stream has told of it.
    /// </summary>
    public void CheckBrought(SeriesInfo series, in Candle brought)
    {
        if (!options.Enabled) return;
        lock (_gate) Later(new(series, brought, FirstLook: null, IsSecond: false), options.DelaySeconds);
    }

    /// <summary>Checks what waits, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        var pace = TimeSpan.FromSeconds(1 / options.PerSecond);
        while (true)
        {
            if (budget.Use >= options.UseMax || Take() is not { } next)
            {
                await Task.Delay(Idle, time, cancel);
                continue;
            }

            try
            {
                await CheckAsync(next, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                Count(counts => counts with { Failed = counts.Failed + 1 });
                listener?.Failed($"checking a candle of {next.Series}", e);
            }

            await Task.Delay(pace, time, cancel);
        }
    }

    private async Task CheckAsync(Waiting next, CancellationToken cancel)
    {
        var (series, streamed) = (next.Series, next.Streamed);
        var to = streamed.CloseTimeMs(series.Frame);
        var rows = await market.CandlesAsync(series, streamed.OpenTimeMs, to, limit: 2, RequestLane.History, cancel);
        Candle? final = rows.FirstOrDefault(row => row.OpenTimeMs == streamed.OpenTimeMs) is { OpenTimeMs: > 0 } row ? row : null;
        if (final is { } found && Agree(found, streamed))
        {
            Count(counts => next.IsSecond
                ? counts with { Late = counts.Late + 1 }
                : counts with { Agreed = counts.Agreed + 1 });
        }
        else if (!next.IsSecond || (final is not null && next.FirstLook != final))
        {
            // Not there yet, or not final yet: the same row has to be seen twice.
            lock (_gate) Later(next with { FirstLook = final, IsSecond = true }, options.ConfirmSeconds);
        }
        else if (final is { } other && other.Fault(series.Frame) is null)
        {
            await store.ReplaceAsync(series, other.OpenTimeMs, to, new[] { other }, cancel);
            Count(counts => counts with { Mismatched = counts.Mismatched + 1 });
            listener?.Mismatched(series, streamed, other);
        }
        else
        {
            Count(counts => counts with { Unconfirmed = counts.Unconfirmed + 1 });
        }
    }

    /// <summary>All that both know is the same; a volume that one source does not have is no difference.</summary>
    private static bool Agree(in Candle final, in Candle streamed) =>
        (final.Open, final.High, final.Low, final.Close, final.Volume)
            == (streamed.Open, streamed.High, streamed.Low, streamed.Close, streamed.Volume)
        && Same(final.QuoteVolume, streamed.QuoteVolume)
        && Same(final.TakerBuyVolume, streamed.TakerBuyVolume)
        && (final.Trades < 0 || streamed.Trades < 0 || final.Trades == streamed.Trades);

    private static bool Same(double x, double y) => double.IsNaN(x) || double.IsNaN(y) || x == y;

    private Waiting? Take()
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out _, out var due) && due <= time.GetUtcNow() ? _waiting.Dequeue() : null;
        }
    }

    // Under the gate.
    private void Later(Waiting next, double seconds)
    {
        if (_waiting.Count >= options.WaitingMax)
        {
            _waiting.Dequeue();
            _counts = _counts with { LeftOut = _counts.LeftOut + 1 };
        }

        _waiting.Enqueue(next, time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
    }

    private void Count(Func<VerifierCounts, VerifierCounts> change)
    {
        lock (_gate) _counts = change(_counts);
    }

    /// <param name="Series">Whose.</param>
    /// <param name="Streamed">As the stream told it.</param>
    /// <param name="FirstLook">What the exchange had at the last look; null when it had nothing, or before the first.</param>
    /// <param name="IsSecond">It was looked at before.</param>
    private sealed record Waiting(SeriesInfo Series, Candle Streamed, Candle? FirstLook, bool IsSecond);
}
