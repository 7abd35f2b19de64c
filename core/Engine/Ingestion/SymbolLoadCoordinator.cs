using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Loads many symbols side by side and hands each over as soon as it is complete, so that its analysis begins while
/// others are still loaded. A symbol that fails is tried again after 5, 15 and 30 seconds of wall time, others go first
/// meanwhile; one that fails for good is handed over as failed, never lost.
/// </summary>
public sealed class SymbolLoadCoordinator(
    HistoryLoader loader, LoaderOptions options, TimeProvider time, IIngestionListener? listener = null)
{
    private readonly ConcurrentDictionary<Symbol, bool> _dropped = new();

    /// <summary>Leaves a symbol out that is not wanted any more: it is handed over as dropped.</summary>
    public void Drop(Symbol symbol) => _dropped[symbol] = true;

    /// <summary>
    /// Loads each symbol once. The queue of those that wait to be taken is bounded: who takes slowly makes the loader
    /// wait. May run several times side by side, as when the universe grows meanwhile.
    /// </summary>
    /// <param name="symbols">What is wanted, the most urgent first.</param>
    /// <param name="toMs">Market time up to which closed candles are wanted, UTC, Unix milliseconds.</param>
    /// <param name="onProgress">Called after each symbol, from many threads.</param>
    /// <param name="cancel">Ends the work; what was stored stays.</param>
    public async IAsyncEnumerable<LoadedSymbol> LoadAsync(
        IReadOnlyList<SymbolHistory> symbols,
        long toMs,
        Action<LoadProgress>? onProgress = null,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (symbols.Count == 0) yield break;
        foreach (var symbol in symbols) _dropped.TryRemove(symbol.Symbol, out _);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var run = new Run(this, [.. symbols.DistinctBy(symbol => symbol.Symbol)], toMs, onProgress, ends);
        var work = run.WorkAsync();
        try
        {
            await foreach (var loaded in run.Ready.ReadAllAsync(cancel)) yield return loaded;
        }
        finally
        {
            await ends.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await work;   // a fault of the loader itself, not of a symbol
    }

    private TimeSpan? WaitAfter(int attempt) => attempt switch
    {
        1 => TimeSpan.FromSeconds(options.Retry1Seconds),
        2 => TimeSpan.FromSeconds(options.Retry2Seconds),
        3 => TimeSpan.FromSeconds(options.Retry3Seconds),
        _ => null,
    };

    private sealed class Run
    {
        private readonly SymbolLoadCoordinator _owner;
        private readonly long _toMs;
        private readonly int _total;
        private readonly Action<LoadProgress>? _onProgress;
        private readonly CancellationTokenSource _ends;
        private readonly CancellationToken _cancel;
        private readonly long _startedAt;
        private readonly Channel<Attempt> _waiting = Channel.CreateUnbounded<Attempt>();   // at most one of each symbol
        private readonly Channel<LoadedSymbol> _ready;
        private readonly ConcurrentBag<Task> _retries = [];
        private int _done, _failed;
        private long _candles;

        public Run(
            SymbolLoadCoordinator owner, IReadOnlyList<SymbolHistory> symbols, long toMs,
            Action<LoadProgress>? onProgress, CancellationTokenSource ends)
        {
            (_owner, _toMs, _total, _onProgress, _ends, _cancel) = (owner, toMs, symbols.Count, onProgress, ends, ends.Token);
            _ready = Channel.CreateBounded<LoadedSymbol>(owner.Options.ReadyMax);
            _startedAt = owner.Time.GetTimestamp();
            foreach (var symbol in symbols) _waiting.Writer.TryWrite(new(symbol, 1));
        }

        public ChannelReader<LoadedSymbol> Ready => _ready.Reader;

        public async Task WorkAsync()
        {
            Exception? fault = null;
            try
            {
                await Task.WhenAll(Enumerable.Range(0, _owner.Options.Parallel).Select(_ => Task.Run(TakeAsync, _cancel)));
            }
            catch (Exception e)
            {
                fault = e;
                await _ends.CancelAsync();   // no retry comes after the end
                throw;
            }
            finally
            {
                await Task.WhenAll(_retries).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _ready.Writer.TryComplete(fault);
            }
        }

        private async Task TakeAsync()
        {
            try
            {
                await foreach (var attempt in _waiting.Reader.ReadAllAsync(_cancel)) await TryAsync(attempt);
            }
            catch
            {
                await _ends.CancelAsync();   // the other workers end too
                throw;
            }
        }

        private async Task TryAsync(Attempt attempt)
        {
            var loaded = await LoadAsync(attempt);
            Interlocked.Add(ref _candles, loaded.Series.Sum(series => series.FromArchive + series.FromRequests));
            if (loaded.Fault is { } fault)
            {
                if (_owner.WaitAfter(attempt.Number) is { } wait)
                {
                    _owner.Listener?.Retrying(loaded.Symbol, attempt.Number, wait, fault);
                    _retries.Add(AgainAsync(attempt, wait));
                    return;
                }

                if (loaded.State == LoadState.Failed) _owner.Listener?.GaveUp(loaded.Symbol, attempt.Number, fault);
            }

            await _ready.Writer.WriteAsync(loaded, _cancel);
            var done = Interlocked.Increment(ref _done);
            if (loaded.State == LoadState.Failed) Interlocked.Increment(ref _failed);
            _onProgress?.Invoke(new(
                done, Volatile.Read(ref _failed), _total, Interlocked.Read(ref _candles), _owner.Time.GetElapsedTime(_startedAt)));
            if (done == _total) _waiting.Writer.TryComplete();
        }

        private async Task AgainAsync(Attempt attempt, TimeSpan wait)
        {
            await Task.Delay(wait, _owner.Time, _cancel);
            _waiting.Writer.TryWrite(attempt with { Number = attempt.Number + 1 });
        }

        private async Task<LoadedSymbol> LoadAsync(Attempt attempt)
        {
            var wanted = attempt.Symbol;
            var series = new List<SeriesLoad>();
            try
            {
                foreach (var one in wanted.Series)
                {
                    if (_owner._dropped.ContainsKey(wanted.Symbol)) return new(wanted.Symbol, LoadState.Dropped, series, attempt.Number);
                    var (from, to) = wanted.RangeOf(one.Frame, _toMs);
                    series.Add(await _owner.Loader.LoadAsync(one, from, to, cancel: _cancel));
                }
            }
            catch (Exception e) when (!_cancel.IsCancellationRequested)
            {
                // The edge of the loop: whatever the matter with this symbol is, the others go on.
                return new(wanted.Symbol, LoadState.Failed, series, attempt.Number, e.Message);
            }

            var refused = series.Where(load => load.Refused > 0 && load.Missing > 0).Select(load => load.Series.ToString()).ToArray();
            return new(
                wanted.Symbol, LoadState.Loaded, series, attempt.Number,
                refused.Length > 0 ? $"impossible candles were offered for {string.Join(", ", refused)}" : null);
        }

        private readonly record struct Attempt(SymbolHistory Symbol, int Number);
    }

    private HistoryLoader Loader => loader;

    private LoaderOptions Options => options;

    private TimeProvider Time => time;

    private IIngestionListener? Listener => listener;
}
