using System.Collections.Concurrent;
using System.Diagnostics;
using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Engine.Running;

/// <summary>
/// An exchange as a feed: first the stored candles, then those that its streams send, put together per closing time. What
/// a stream owes is asked for by request, so that a cut connection costs seconds and no candle.
/// </summary>
/// <remarks>
/// Its state is the last closing time handed over and the five-minute candles under way: after a restart it reads the
/// store from there on. A closing time at which nothing at all has come is not passed over: an exchange that is away
/// makes the feed wait, not skip. A symbol of which neither streams nor the exchange itself have a minute is waited for
/// once, and not again before something of it comes: of one that is no longer traded nothing ever does.
/// </remarks>
public sealed class ExchangeFeed : ILiveFeed
{
    /// <summary>The frames that are followed; 5m, for charts, is built from minutes.</summary>
    public static IReadOnlyList<TimeFrame> Frames { get; } =
        [TimeFrame.M1, TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1];

    private static readonly long Minute = TimeFrame.M1.Ms();

    private readonly Lock _gate = new();
    private readonly ExchangeFeedParts _parts;
    private readonly CandleAssembly _assembly;
    private readonly SortedDictionary<Symbol, FiveMinutes> _fives = [];
    private SeriesInfo[] _series;
    private readonly ConcurrentDictionary<Symbol, RunningCandle> _running = new();
    private readonly Dictionary<Symbol, long> _silent = [];   // nobody waits for candles of these since that closing time
    private readonly HashSet<Symbol> _without = [];           // of the minute that is due the exchange itself has no candle
    private readonly List<FeedCandle> _fiveBatch = [];
    private ChronologicalMerge? _history;
    private long _historyNextMs = long.MaxValue;
    private long _positionMs;
    private long _dueMs;
    private volatile bool _hasSilent;
    private DateTimeOffset? _firstAt;   // when the first candle of what is due came; only while somebody traces
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="parts">What it is made of.</param>
    /// <param name="listings">The symbols of the run.</param>
    /// <param name="startMs">Open of the first candle wanted, UTC, Unix milliseconds.</param>
    /// <param name="storedUntilMs">The store holds what closed up to this moment; later candles come from the streams.</param>
    public ExchangeFeed(ExchangeFeedParts parts, IReadOnlyList<SymbolListing> listings, long startMs, long storedUntilMs)
    {
        _parts = parts;
        Listings = listings;
        StoredUntilMs = TimeFrame.M1.OpenOf(storedUntilMs);
        _positionMs = startMs;
        _series = [.. listings.SelectMany(listing => Frames.Select(frame => new SeriesInfo(listing.Symbol, frame)))];
        foreach (var listing in listings) _fives[listing.Symbol] = new(listing.Symbol);
        _assembly = new(_series, StoredUntilMs);
        _dueMs = StoredUntilMs + Minute;
    }

    public IReadOnlyList<SymbolListing> Listings { get; private set; }

    /// <summary>Up to this closing time the candles come from the store.</summary>
    public long StoredUntilMs { get; }

    /// <summary>Candles that were missing when their closing time was handed over; a silent symbol owes none.</summary>
    public long Missed { get; private set; }

    /// <summary>Candles that a request brought because no stream had.</summary>
    public long Asked { get; private set; }

    /// <summary>
    /// Told of each candle that a request brought, on the thread of the request: the exchange may publish the final row late,
    /// so it has to be checked again.
    /// </summary>
    public Action<SeriesInfo, Candle>? Brought { get; set; }

    /// <summary>Requests for missing candles that failed.</summary>
    public long Failures { get; private set; }

    public ActivityContext Trace { get; private set; }

    public long NextCloseMs
    {
        get
        {
            OpenHistory();
            return _historyNextMs != long.MaxValue ? _historyNextMs : _dueMs;
        }
    }

    /// <summary>Symbols that nobody waits for at the moment, because the exchange has no candles of them.</summary>
    public IReadOnlyList<Symbol> Silent
    {
        get
        {
            lock (_gate) return [.. _silent.Keys.Order()];
        }
    }

    /// <summary>The series that the streams must send.</summary>
    public IReadOnlyList<SeriesInfo> Series => _series;

    /// <summary>
    /// Follows these symbols from now on, between two closing times; only once the stored candles are read.
    /// </summary>
    /// <param name="listings">All of them.</param>
    /// <param name="newFromMs">The store holds what closed up to here of those that are new.</param>
    /// <exception cref="InvalidOperationException">Stored candles are still being read.</exception>
    public void Follow(IReadOnlyList<SymbolListing> listings, long newFromMs)
    {
        if (_historyNextMs != long.MaxValue) throw new InvalidOperationException("The stored candles have not been read to their end");
        lock (_gate)
        {
            Listings = listings;
            _series = [.. listings.SelectMany(listing => Frames.Select(frame => new SeriesInfo(listing.Symbol, frame)))];
            foreach (var gone in _fives.Keys.Except(listings.Select(listing => listing.Symbol)).ToArray()) _fives.Remove(gone);
            foreach (var listing in listings) _fives.TryAdd(listing.Symbol, new(listing.Symbol));
            foreach (var gone in _silent.Keys.Except(_fives.Keys).ToArray()) _silent.Remove(gone);
            _assembly.Follow(_series, newFromMs);
        }
    }

    /// <summary>Takes an event of the streams; to be connected before the store is filled, so that nothing falls between.</summary>
    public void Take(KlineEvent told)
    {
        if (!told.IsClosed)
        {
            if (told.Series.Frame == TimeFrame.M1) _running[told.Series.Symbol] = new(TimeFrame.M1, told.Candle);
            if (_hasSilent) Speaks(told.Series.Symbol, told.Candle);
            return;
        }

        lock (_gate)
        {
            if (!_assembly.Add(told.Series, told.Candle)) return;
            Awaits(told.Series.Symbol, told.Candle);
            if (BotTelemetry.Source.HasListeners()) _firstAt ??= _parts.Time.GetUtcNow();
            Tell();
        }
    }

    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        OpenHistory();
        if (_historyNextMs != long.MaxValue) return;
        long? passedAt = null;
        long? askedAt = null;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Task news;
            lock (_gate)
            {
                if (_assembly.IsComplete(_dueMs, _silent.ContainsKey)) return;
                news = _news.Task;
            }

            var untilClose = (_dueMs - _parts.Clock.NowMs) / _parts.Clock.Speed;
            if (untilClose > 0)
            {
                await Either(news, TimeSpan.FromMilliseconds(Math.Min(untilClose + 1, 60_000)), cancel);
                continue;
            }

            passedAt ??= _parts.Time.GetTimestamp();
            var waited = _parts.Time.GetElapsedTime(passedAt.Value);
            if (waited >= _parts.Options.WaitMax && askedAt is not null && !IsBroken(waited) && GiveUp()) return;
            if (waited >= _parts.Options.AskAfter && IsAskDue(askedAt))
            {
                askedAt = _parts.Time.GetTimestamp();
                await AskInTimeAsync(waited, cancel);
                if (waited >= _parts.Options.WaitMax && GiveUp()) return;   // behind a break: asked first
                continue;
            }

            await Either(news, TimeSpan.FromMilliseconds(100), cancel);
        }
    }

    public void Read(List<FeedCandle> into)
    {
        into.Clear();
        Trace = default;
        OpenHistory();
        if (_historyNextMs != long.MaxValue)
        {
            ReadHistory(into);
        }
        else
        {
            int missing;
            DateTimeOffset? firstAt;
            lock (_gate)
            {
                missing = _assembly.Missing(_dueMs).Count(series => _silent.GetValueOrDefault(series.Symbol, _dueMs) == _dueMs);
                _assembly.Take(_dueMs, into);
                (firstAt, _firstAt) = (_firstAt, null);
            }

            Missed += missing;
            Counts.Closed(into.Count + missing, into.Count);
            Trace = Traced(firstAt, into.Count, missing);
            _positionMs = _dueMs;
            _dueMs += Minute;
        }

        _fiveBatch.Clear();
        foreach (var closed in into)
        {
            if (closed.Series.Frame == TimeFrame.M1 && _fives[closed.Series.Symbol].TryAdd(closed.Candle, out var five))
                _fiveBatch.Add(five);
        }

        into.AddRange(_fiveBatch);
    }

    public RunningCandle? Running(Symbol symbol, long nowMs) =>
        _running.TryGetValue(symbol, out var minute) && minute.SoFar.OpenTimeMs >= _positionMs ? minute : null;

    public MarketContext ContextOf(Symbol symbol) =>
        _historyNextMs == long.MaxValue && _parts.Context is { } context ? context(symbol) : MarketContext.Unavailable;

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(ExchangeFeed), 1);
        carrier.Carry(ref _positionMs);
        foreach (var five in _fives.Values) five.Carry(carrier);
        _history?.Dispose();
        if (carrier is StateRestorer) _history = null;   // what is read next follows the restored position
    }

    public void Dispose() => _history?.Dispose();

    // Made when it is over: a span that is open meanwhile would be at hand for whatever the stream's thread does next.
    private ActivityContext Traced(DateTimeOffset? firstAt, int candles, int missing)
    {
        if (!BotTelemetry.Source.HasListeners()) return default;
        using var span = BotTelemetry.Source.StartActivity(
            Spans.Receive, ActivityKind.Consumer, default(ActivityContext), startTime: firstAt ?? _parts.Time.GetUtcNow());
        if (span is null) return default;
        span.SetTag(Attributes.CloseMs, _dueMs).SetTag(Attributes.Candles, candles).SetTag(Attributes.Missed, missing);
        return span.Context;
    }

    private void OpenHistory()
    {
        if (_history is not null) return;
        _history = ChronologicalMerge.Open(new StoredHistory(_parts.Candles, _series, _positionMs, StoredUntilMs), Frames);
        AdvanceHistory();
        if (_positionMs > StoredUntilMs)
            throw new InvalidOperationException($"The state stands at {_positionMs}, the store was filled up to {StoredUntilMs} only");
    }

    private void AdvanceHistory() => _historyNextMs = _history!.TryReadBatch(out var closeMs) ? closeMs : long.MaxValue;

    private void ReadHistory(List<FeedCandle> into)
    {
        foreach (ref readonly var merged in _history!.Batch) into.Add(new(_history.Series[merged.Series].Info, merged.Candle));
        _positionMs = _historyNextMs;
        AdvanceHistory();
    }

    private bool IsAskDue(long? askedAt) =>
        askedAt is null || _parts.Time.GetElapsedTime(askedAt.Value) >= _parts.Options.AskAgainAfter;

    // Nothing came for so long that the connection was cut: what it has missed is asked for before going on.
    private bool IsBroken(TimeSpan waited) => waited >= _parts.Options.WaitMax + _parts.Options.AskAgainAfter;

    /// <summary>Enough waited: goes on without what is missing, unless nothing at all has come.</summary>
    private bool GiveUp()
    {
        Symbol[] fallen = [];
        lock (_gate)
        {
            var earliest = _assembly.EarliestMs;
            if (earliest == long.MaxValue) return false;
            if (earliest > _dueMs) _dueMs = earliest;
            else fallen = [.. _without.Where(symbol => IsUntold(symbol) && _silent.TryAdd(symbol, _dueMs)).Order()];
            _hasSilent = _silent.Count > 0;
        }

        foreach (var symbol in fallen) TellSilence(symbol);
        return true;
    }

    // Under the gate: no stream has told a moment of the minute that is due.
    private bool IsUntold(Symbol symbol) =>
        _assembly.IsMissing(new(symbol, TimeFrame.M1), _dueMs) && Running(symbol, _dueMs) is null;

    private void TellSilence(Symbol symbol)
    {
        var nowMs = _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _parts.Alerts?.Raise(new(
            AlertKind.DataIntegrity, $"silent-{symbol}",
            $"{symbol} sends no candles, and the exchange has none: it is not waited for until some come.",
            nowMs, new DataAlert(nowMs, [symbol.Name], Completeness: 0, "the exchange has no candles of it")));
    }

    private void Speaks(Symbol symbol, in Candle told)
    {
        lock (_gate) Awaits(symbol, told);
    }

    // Under the gate: what opens after the closing time that is due says nothing of it.
    private void Awaits(Symbol symbol, in Candle told)
    {
        if (told.OpenTimeMs >= _dueMs) return;
        _without.Remove(symbol);
        if (_silent.Remove(symbol)) _hasSilent = _silent.Count > 0;
    }

    /// <summary>
    /// Asks for what is missing. Who has waited for less than a decision may wait is back by then, whatever the exchange does; behind a
    /// break everything is asked for first.
    /// </summary>
    private async Task AskInTimeAsync(TimeSpan waited, CancellationToken cancel)
    {
        var left = waited >= _parts.Options.WaitMax ? Timeout.InfiniteTimeSpan : _parts.Options.WaitMax - waited;
        using var late = new CancellationTokenSource(left, _parts.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            await AskAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            Failures++;   // what was not answered in time is missing, and counted there
        }
    }

    private async Task AskAsync(CancellationToken cancel)
    {
        IReadOnlyList<SeriesInfo> missing;
        lock (_gate)
        {
            missing = _assembly.Missing(_dueMs);
            _without.Clear();
        }

        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = _parts.Options.RequestsAtOnce, CancellationToken = cancel },
            async (series, stop) => await AskAsync(series, stop));
    }

    private async Task AskAsync(SeriesInfo series, CancellationToken cancel)
    {
        long fromMs;
        lock (_gate) fromMs = series.Frame.OpenOf(_assembly.GivenUntilMs(series));   // the past may end inside a candle
        try
        {
            // Never more than a light request: a longer hole is mended from the store's side.
            var found = await _parts.Market.CandlesAsync(
                series, fromMs, _parts.Clock.NowMs, limit: 99, RequestLane.MarketData, cancel);
            lock (_gate)
            {
                foreach (var candle in found)
                {
                    if (!_assembly.Add(series, candle)) continue;
                    Asked++;
                    Awaits(series.Symbol, candle);
                    Brought?.Invoke(series, candle);
                    Tell();
                }

                if (series.Frame == TimeFrame.M1 && _assembly.IsMissing(series, _dueMs)) _without.Add(series.Symbol);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            Failures++;
            var nowMs = _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
            _parts.Alerts?.Raise(new(
                AlertKind.DataIntegrity, $"ask-{series}",
                $"A candle of {series} did not come by stream, and asking for it failed: {e.Message}",
                nowMs, new DataAlert(nowMs, [series.ToString()], Completeness: double.NaN, e.Message)));
        }
    }

    private async Task Either(Task news, TimeSpan atMost, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(news, Task.Delay(atMost, _parts.Time, stop.Token));
        await stop.CancelAsync();
    }

    // Under the gate.
    private void Tell()
    {
        _news.TrySetResult();
        _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class FiveMinutes(Symbol symbol) : IStateful
    {
        private readonly SeriesInfo _series = new(symbol, TimeFrame.M5);
        private readonly Resampler _minutes = new(TimeFrame.M1, TimeFrame.M5);

        public bool TryAdd(in Candle minute, out FeedCandle five)
        {
            var isWhole = _minutes.TryAdd(minute, out var candle);
            five = new(_series, candle);
            return isWhole;
        }

        public void Carry(StateCarrier carrier) => _minutes.Carry(carrier);
    }
}
