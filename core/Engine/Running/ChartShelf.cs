using System.Diagnostics.CodeAnalysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>
/// Charts that somebody looks at: the newest candles of a few series, read from the store once and followed from then on. At the bound
/// the one goes that nobody has looked at for longest.
/// </summary>
/// <param name="candles">Candles of a chart.</param>
/// <param name="charts">Charts at once.</param>
internal sealed class ChartShelf(int candles, int charts)
{
    private readonly Dictionary<SeriesInfo, LinkedListNode<Chart>> _charts = [];
    private readonly LinkedList<Chart> _order = [];   // the last looked at first

    /// <summary>How many there are.</summary>
    public int Count => _charts.Count;

    /// <summary>The newest candles, oldest first; false when the chart is not here.</summary>
    public bool TryNewest(SeriesInfo series, int limit, [NotNullWhen(true)] out Candle[]? newest)
    {
        newest = null;
        if (!_charts.TryGetValue(series, out var node)) return false;
        _order.Remove(node);
        _order.AddFirst(node);
        var ring = node.Value.Ring;
        newest = new Candle[Math.Min(limit, Math.Min(ring.Count, candles))];
        for (var i = 0; i < newest.Length; i++) newest[i] = ring.Ago(newest.Length - 1 - i);
        return true;
    }

    /// <summary>Puts a chart here, as it is known now: oldest first.</summary>
    public void Put(SeriesInfo series, IEnumerable<Candle> known)
    {
        if (_charts.Remove(series, out var old)) _order.Remove(old);
        while (_charts.Count >= charts && _order.Last is { } last)
        {
            _charts.Remove(last.Value.Series);
            _order.RemoveLast();
        }

        var chart = new Chart(series, new(candles));
        foreach (var candle in known) chart.Add(candle);
        _charts[series] = _order.AddFirst(chart);
    }

    /// <summary>The next closed candle; of a series without a chart it changes nothing.</summary>
    public void Add(SeriesInfo series, in Candle closed)
    {
        if (_charts.TryGetValue(series, out var node)) node.Value.Add(closed);
    }

    private sealed record Chart(SeriesInfo Series, Ring<Candle> Ring)
    {
        // What the store had already comes again.
        public void Add(in Candle closed)
        {
            if (Ring.Count == 0 || closed.OpenTimeMs > Ring.Ago(0).OpenTimeMs) Ring.Add(closed);
        }
    }
}
