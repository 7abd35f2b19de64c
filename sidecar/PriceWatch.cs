using System.Threading.Channels;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>
/// The prices that signals asked to be told of, against what the streams tell. What is reached is published in between two closing
/// times; it is news and no decision, so what a failure loses costs nothing but its promptness.
/// </summary>
internal sealed partial class PriceWatch(IWatchStore kept, ICandleStore candles, ILogger log)
{
    private const int WaitingMax = 1_000;
    private const int PerBatch = 100;

    // A minute that has closed is stored a moment later, longer when storage is away: so many are remembered here.
    private const int HeardMax = 10;

    private readonly Lock _gate = new();
    private readonly LevelWatch _watch = new();
    private readonly Channel<LevelCrossing> _reached = Channel.CreateBounded<LevelCrossing>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    private readonly List<LevelCrossing> _now = [];
    private readonly Dictionary<Symbol, List<Candle>> _heard = [];   // the last minutes of each, that under way the last

    /// <summary>Symbols of which something is watched.</summary>
    public IReadOnlyCollection<Symbol> Symbols
    {
        get
        {
            lock (_gate) return [.. _watch.Symbols];
        }
    }

    /// <summary>Goes on with what an earlier holder watched.</summary>
    public async Task RestoreAsync(CancellationToken cancel)
    {
        var saved = await kept.LoadAsync(cancel);
        lock (_gate) _watch.Restore(saved);
    }

    /// <summary>An event of the streams. Quick.</summary>
    public void Hear(KlineEvent told)
    {
        if (told.Series.Frame != TimeFrame.M1) return;
        lock (_gate)
        {
            Remember(told);
            _now.Clear();
            if (_watch.OnMinute(told, _now)) Put();
        }
    }

    /// <summary>Watches these from now on, and looks whether they were reached before; says what was traded since.</summary>
    public async Task<WatchOutcome> WatchAsync(SidecarCommand.WatchLevels wanted, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_watch.Refusal(wanted.SignalId, wanted.Levels) is { } reason) return new(reason);
            _watch.Watch(wanted);
        }

        var stored = await candles.ReadAsync(new(wanted.Symbol, TimeFrame.M1), wanted.SinceMs, long.MaxValue, cancel: cancel);
        WatchedSignal? watched;
        IReadOnlyList<Candle> minutes;
        lock (_gate)
        {
            minutes = Together(stored, wanted);
            _now.Clear();
            _watch.Look(wanted.SignalId, minutes, _now);
            Put();
            watched = _watch.Find(wanted.SignalId);
        }

        if (watched is not null) await kept.SaveAsync(watched, cancel);
        return minutes.Count == 0 ? new(Refusal: null) : new(Refusal: null, (decimal)minutes.Min(minute => minute.Low), (decimal)minutes.Max(minute => minute.High));
    }

    /// <summary>Watches nothing for a signal any more.</summary>
    public async Task ForgetAsync(string signalId, CancellationToken cancel)
    {
        lock (_gate) _watch.Forget(signalId);
        await kept.RemoveAsync(signalId, cancel);
    }

    /// <summary>Publishes what is reached, until it is cancelled.</summary>
    public async Task RunAsync(MarketHolder holder, CancellationToken cancel)
    {
        while (await _reached.Reader.WaitToReadAsync(cancel))
        {
            var some = new List<LevelCrossing>();
            while (some.Count < PerBatch && _reached.Reader.TryRead(out var one)) some.Add(one);
            if (!holder.IsHolder) continue;   // whoever holds the market tells
            try
            {
                await holder.TellAsync(batch => batch with { Crossings = [.. some] }, cancel);
                foreach (var id in some.Select(one => one.SignalId).Distinct(StringComparer.Ordinal)) await SaveAsync(id, cancel);
            }
            catch (Exception e) when (e is ShardLostException || (Patience.IsPassing(e) && !cancel.IsCancellationRequested))
            {
                LogUntold(log, e, some.Count);
            }
        }
    }

    private async Task SaveAsync(string signalId, CancellationToken cancel)
    {
        WatchedSignal? watched;
        lock (_gate) watched = _watch.Find(signalId);
        if (watched is not null) await kept.SaveAsync(watched, cancel);
    }

    // Under the gate.
    private void Remember(in KlineEvent told)
    {
        if (!_heard.TryGetValue(told.Series.Symbol, out var minutes)) _heard[told.Series.Symbol] = minutes = new(HeardMax + 1);
        if (minutes.Count > 0 && minutes[^1].OpenTimeMs == told.Candle.OpenTimeMs) minutes[^1] = told.Candle;
        else if (minutes.Count == 0 || told.Candle.OpenTimeMs > minutes[^1].OpenTimeMs) minutes.Add(told.Candle);
        if (minutes.Count > HeardMax) minutes.RemoveAt(0);
    }

    // Under the gate: whole minutes since the signal's moment, and the one under way.
    private List<Candle> Together(IReadOnlyList<Candle> stored, SidecarCommand.WatchLevels wanted)
    {
        var fromMs = stored.Count > 0 ? stored[^1].OpenTimeMs + 1 : wanted.SinceMs;
        var heard = _heard.GetValueOrDefault(wanted.Symbol)?.Where(minute => minute.OpenTimeMs >= fromMs) ?? [];
        return [.. stored, .. heard];
    }

    // Under the gate.
    private void Put()
    {
        foreach (var crossing in _now) _reached.Writer.TryWrite(crossing);
    }

    [LoggerMessage(4060, LogLevel.Warning, "{Count} prices that were reached could not be told")]
    private static partial void LogUntold(ILogger log, Exception fault, int count);
}
