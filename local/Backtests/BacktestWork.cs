using FuturesBot.Engine.Backtesting;

namespace FuturesBot.Local.Backtests;

/// <summary>The run that is at work: how far it is, and how to end it. Read from other threads.</summary>
internal sealed class BacktestWork : IProgress<BacktestProgress>, IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancel;
    private readonly Lock _gate = new();
    private long _began;
    private long _fromMs;
    private long _toMs;
    private BacktestProgress? _done;

    public BacktestWork(string id, TimeProvider time, CancellationToken ends)
    {
        (Id, _time) = (id, time);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(ends);
        _began = time.GetTimestamp();
    }

    public string Id { get; }

    public CancellationToken Token => _cancel.Token;

    /// <summary>0–1; NaN before it is known.</summary>
    public double Part => Read((done, _) => PartOf(done));

    public long? MarketTimeMs
    {
        get
        {
            lock (_gate) return _done?.AtMs;
        }
    }

    public long Candles
    {
        get
        {
            lock (_gate) return _done?.Candles ?? 0;
        }
    }

    public int Trades
    {
        get
        {
            lock (_gate) return _done?.Trades ?? 0;
        }
    }

    public double CandlesPerSecond => Read((done, seconds) => seconds > 0 ? done.Candles / seconds : double.NaN);

    /// <summary>As if the rest went at the pace so far; NaN before it is known.</summary>
    public double SecondsLeft => Read((done, seconds) => PartOf(done) is > 0 and var part ? seconds * (1 - part) / part : double.NaN);

    /// <summary>The market time that the run covers; the clock begins here.</summary>
    public void Span(long fromMs, long toMs)
    {
        lock (_gate) (_fromMs, _toMs, _began) = (fromMs, toMs, _time.GetTimestamp());
    }

    public void Report(BacktestProgress value)
    {
        lock (_gate) _done = value;
    }

    public void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();

    private double Read(Func<BacktestProgress, double, double> figure)
    {
        lock (_gate) return _done is { } done ? figure(done, _time.GetElapsedTime(_began).TotalSeconds) : double.NaN;
    }

    private double PartOf(BacktestProgress done) =>
        _toMs > _fromMs ? Math.Clamp((done.AtMs - _fromMs) / (double)(_toMs - _fromMs), 0, 1) : double.NaN;
}
