using System.Runtime.InteropServices;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>
/// Puts closed candles that come one by one, from streams and from requests, in any order and more than once, together
/// into the batches of their closing times. It knows what is due when, so it can name what is missing.
/// </summary>
public sealed class CandleAssembly
{
    private readonly Dictionary<SeriesInfo, long> _given = [];   // close of the last candle handed over
    private readonly SortedDictionary<long, Dictionary<SeriesInfo, Candle>> _held = [];
    private readonly List<FeedCandle> _late = [];

    /// <param name="series">Every series that is followed.</param>
    /// <param name="fromMs">Candles that close at or before this moment are known already.</param>
    public CandleAssembly(IEnumerable<SeriesInfo> series, long fromMs)
    {
        foreach (var followed in series) _given[followed] = fromMs;
    }

    /// <summary>Candles of series that are not followed.</summary>
    public long Refused { get; private set; }

    /// <summary>Candles that came again with other values; the first one stayed.</summary>
    public long Conflicts { get; private set; }

    /// <summary>The earliest closing time that something is held of; <see cref="long.MaxValue"/> when nothing is.</summary>
    public long EarliestMs
    {
        get
        {
            foreach (var closeMs in _held.Keys) return closeMs;
            return long.MaxValue;
        }
    }

    /// <summary>The close of the last candle of a series that was handed over.</summary>
    public long GivenUntilMs(SeriesInfo series) => _given[series];

    /// <summary>Takes a closed candle in; false when it changes nothing.</summary>
    public bool Add(SeriesInfo series, in Candle candle)
    {
        var closeMs = candle.CloseTimeMs(series.Frame);
        if (!_given.TryGetValue(series, out var given))
        {
            Refused++;
            return false;
        }

        if (closeMs <= given) return false;   // a stream repeats what a request has answered
        if (!_held.TryGetValue(closeMs, out var batch)) _held[closeMs] = batch = [];
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(batch, series, out var known);
        if (known)
        {
            if (place != candle) Conflicts++;
            return false;
        }

        place = candle;
        return true;
    }

    /// <summary>The series that have a candle due at a closing time, in the order of a batch.</summary>
    public IEnumerable<SeriesInfo> Due(long closeMs) =>
        _given.Keys.Where(series => series.Frame.IsAligned(closeMs)).Order(BatchOrder.Instance);

    /// <summary>The candle of a series that is due at a closing time is neither held nor handed over.</summary>
    public bool IsMissing(SeriesInfo series, long closeMs) =>
        _given.TryGetValue(series, out var given) && series.Frame.IsAligned(closeMs) && given < closeMs
        && !(_held.TryGetValue(closeMs, out var batch) && batch.ContainsKey(series));

    /// <summary>The series whose candle due at a closing time is neither held nor handed over.</summary>
    public IReadOnlyList<SeriesInfo> Missing(long closeMs)
    {
        _held.TryGetValue(closeMs, out var batch);
        return [.. Due(closeMs).Where(series => batch?.ContainsKey(series) != true && _given[series] < closeMs)];
    }

    /// <summary>Everything due at a closing time is there, and something is.</summary>
    /// <param name="closeMs">The closing time.</param>
    /// <param name="isUnawaited">Symbols of which nothing need be there; null: none.</param>
    public bool IsComplete(long closeMs, Predicate<Symbol>? isUnawaited = null)
    {
        if (!_held.TryGetValue(closeMs, out var batch)) return false;
        foreach (var (series, given) in _given)
        {
            if (series.Frame.IsAligned(closeMs) && given < closeMs && !batch.ContainsKey(series) && isUnawaited?.Invoke(series.Symbol) != true) return false;
        }

        return true;
    }

    /// <summary>
    /// Hands over what closed at a closing time, and before it what has come too late for its own batch: late candles keep
    /// their series whole, and nothing is decided on them.
    /// </summary>
    /// <param name="closeMs">The closing time.</param>
    /// <param name="into">Gets the candles, earlier closing times first, each batch in its order.</param>
    public void Take(long closeMs, List<FeedCandle> into)
    {
        while (EarliestMs <= closeMs)
        {
            var at = EarliestMs;
            _late.Clear();
            foreach (var (series, candle) in _held[at]) _late.Add(new(series, candle));
            _held.Remove(at);
            _late.Sort(static (x, y) => BatchOrder.Instance.Compare(x.Series, y.Series));
            foreach (var closed in _late)
            {
                if (_given[closed.Series] >= at) continue;
                _given[closed.Series] = at;
                into.Add(closed);
            }
        }
    }

    /// <summary>Says what is followed from now on; what is new begins after <paramref name="fromMs"/>.</summary>
    public void Follow(IReadOnlyCollection<SeriesInfo> series, long fromMs)
    {
        foreach (var gone in _given.Keys.Except(series).ToArray())
        {
            _given.Remove(gone);
            foreach (var batch in _held.Values) batch.Remove(gone);
        }

        foreach (var followed in series) _given.TryAdd(followed, fromMs);
    }
}
