using System.Numerics;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Candles from the exchange's kline streams, with a watch on each of them: a stream whose closed candle does not come
/// gets a new connection, and people are told when that does not help.
/// </summary>
public sealed class KlineStream : IKlineStream
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Lock _handing = new();
    private readonly Dictionary<(int Symbol, TimeFrame Frame), Followed> _series = [];
    private readonly SymbolTable _symbols;
    private readonly StreamParts _parts;
    private readonly StreamHub _hub;
    private readonly ITimer _watch;
    private long _overdue;
    private long _newestEventMs;

    public KlineStream(StreamParts parts, SymbolTable symbols)
    {
        (_parts, _symbols) = (parts, symbols);
        _hub = new(parts, symbols, new Listener(this));
        _watch = parts.Time.CreateTimer(_ => Watch(), null, WatchEvery, WatchEvery);
    }

    public Action<KlineEvent>? Received { get; set; }

    public IReadOnlyList<StreamHealth> Health => _hub.Health;

    /// <summary>Closed candles that did not come in time.</summary>
    public long Overdue => Interlocked.Read(ref _overdue);

    public Task FollowAsync(IReadOnlyCollection<SeriesInfo> series, CancellationToken cancel = default)
    {
        var wanted = series.Distinct().ToDictionary(info => (_symbols.Add(info.Symbol), info.Frame));
        lock (_gate)
        {
            foreach (var gone in _series.Keys.Where(key => !wanted.ContainsKey(key)).ToList()) _series.Remove(gone);
            foreach (var (key, info) in wanted) _series.TryAdd(key, new(info, new(info.Frame, _parts.Options)));
        }

        return _hub.FollowAsync([.. wanted.Values.Select(StreamOf)], cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _hub.DisposeAsync();
    }

    private static StreamName StreamOf(SeriesInfo series) => StreamName.Kline(series.Symbol, series.Frame);

    private void Take(in KlineUpdate kline)
    {
        Followed? followed;
        lock (_gate)
        {
            if (!_series.TryGetValue((kline.SymbolIndex, kline.Frame), out followed)) return;
            _newestEventMs = Math.Max(_newestEventMs, kline.EventMs);
            if (kline.IsClosed) followed.Watch.See(kline.OpenMs);
        }

        lock (_handing) Received?.Invoke(new(followed.Series, kline.ToCandle(), kline.IsClosed, kline.EventMs));
    }

    private void Each(IReadOnlyCollection<StreamName> streams, Action<KlineWatch> act)
    {
        lock (_gate)
        {
            foreach (var stream in streams)
            {
                if (stream.Frame is { } frame && _series.TryGetValue((_symbols.IndexOf(stream.Symbol), frame), out var followed))
                    act(followed.Watch);
            }
        }
    }

    private void Watch()
    {
        var (nowMs, speed) = (_parts.Clock.NowMs, _parts.Clock.Speed);
        List<(SeriesInfo Series, int Misses)> overdue = [];
        lock (_gate)
        {
            // A market that stands still, or runs slower than its clock is thought to, owes no candle: what all streams
            // together show of its time counts. Where none of them speaks, their connections are found silent.
            if (_newestEventMs > 0) nowMs = Math.Min(nowMs, _newestEventMs + (long)(_parts.Options.SilenceSeconds * 1000 * speed));
            foreach (var (series, watch) in _series.Values)
            {
                if (watch.IsOverdue(nowMs, speed)) overdue.Add((series, watch.Misses));
            }
        }

        if (overdue.Count == 0) return;

        Interlocked.Add(ref _overdue, overdue.Count);
        foreach (var (series, misses) in overdue)
        {
            // The 1st, 2nd, 4th, 8th … time: a contract that is no longer traded has no more candles.
            if (BitOperations.IsPow2(misses)) _hub.Renew(StreamOf(series), $"no closed candle on {series}");
        }

        Tell([.. overdue.Where(late => late.Misses % _parts.Options.AlertAfter == 0).Select(late => late.Series)]);
    }

    private void Tell(IReadOnlyList<SeriesInfo> silent)
    {
        const int Named = 5;
        if (silent.Count == 0) return;

        var names = string.Join(", ", silent.Take(Named)) + (silent.Count > Named ? " …" : "");
        var nowMs = _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _parts.Alerts.Raise(new(
            AlertKind.Stream, "klines silent",
            $"No closed candle came on {silent.Count} streams, {_parts.Options.AlertAfter} times in a row: {names}. "
            + "Their connections are renewed; the candles are asked for by request.",
            nowMs, new StreamAlert(nowMs, silent.Count, [.. silent.Take(Named).Select(series => series.ToString())], _parts.Options.AlertAfter)));
    }

    private sealed record Followed(SeriesInfo Series, KlineWatch Watch);

    private sealed class Listener(KlineStream stream) : MarketListener
    {
        public override void OnKline(in KlineUpdate kline) => stream.Take(kline);

        public override void OnSubscribed(IReadOnlyCollection<StreamName> streams)
        {
            var nowMs = stream._parts.Clock.NowMs;
            stream.Each(streams, watch => watch.Begin(nowMs));
        }

        public override void OnLost(IReadOnlyCollection<StreamName> streams) => stream.Each(streams, watch => watch.Pause());
    }
}
