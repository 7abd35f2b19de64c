using System.Runtime.InteropServices;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Reporting;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// Draws the candles around trades while the run passes them, for the report. Bounded: the first and the
/// last thousand trades, each thinned to what a chart shows once it is over.
/// </summary>
internal sealed class TradeCharts
{
    private const int Half = TradeChart.TradesMax / 2;
    private const int BarsBefore = 24;
    private const int BarsAfter = 6;

    private readonly Dictionary<string, Growing> _growing = new(StringComparer.Ordinal);
    private readonly Dictionary<Symbol, List<Growing>> _bySymbol = [];
    private readonly List<TradeChart> _first = [];
    private readonly Queue<TradeChart> _last = new();

    /// <summary>The finished charts; those still growing are finished with what there is.</summary>
    public IReadOnlyList<TradeChart> Finish()
    {
        foreach (var chart in _growing.Values)
        {
            if (chart.Trade is not null) Keep(chart);
        }

        _growing.Clear();
        return [.. _first, .. _last];
    }

    public void Begin(TradePlan plan)
    {
        var chart = new Growing(plan.Id.Value, plan.Frame, plan.Rules.PriceDecimals);
        _growing[plan.Id.Value] = chart;
        if (!_bySymbol.TryGetValue(plan.Symbol, out var charts)) _bySymbol[plan.Symbol] = charts = [];
        charts.Add(chart);
    }

    /// <summary>The trade is over: a few more candles, then its chart is done.</summary>
    public void End(TradeRecord trade)
    {
        if (!_growing.TryGetValue(trade.SignalId, out var chart)) return;
        chart.Trade = trade;
        chart.Left = BarsAfter;
    }

    /// <summary>The signal was never filled.</summary>
    public void Drop(string signalId)
    {
        if (!_growing.Remove(signalId, out var chart)) return;
        foreach (var charts in _bySymbol.Values) charts.Remove(chart);
    }

    /// <summary>A studied bar of the symbol has closed.</summary>
    public void Bar(SymbolDesk desk)
    {
        if (!_bySymbol.TryGetValue(desk.Symbol, out var charts) || charts.Count == 0) return;
        for (var i = charts.Count - 1; i >= 0; i--)
        {
            var chart = charts[i];
            chart.Take(desk.View.Frame(chart.Frame).Bars);
            if (chart.Left != 0) continue;
            charts.RemoveAt(i);
            _growing.Remove(chart.SignalId);
            Keep(chart);
        }
    }

    private void Keep(Growing chart)
    {
        var drawn = TradeChart.Around(chart.Trade!, CollectionsMarshal.AsSpan(chart.Bars), chart.Frame, chart.Decimals);
        if (_first.Count < Half)
        {
            _first.Add(drawn);
            return;
        }

        _last.Enqueue(drawn);
        if (_last.Count > Half) _last.Dequeue();
    }

    private sealed class Growing(string signalId, TimeFrame frame, int decimals)
    {
        public string SignalId => signalId;

        public TimeFrame Frame => frame;

        public int Decimals => decimals;

        public List<Candle> Bars { get; } = [];

        /// <summary>Null while the trade lives.</summary>
        public TradeRecord? Trade { get; set; }

        /// <summary>Candles still to come; −1 while the trade lives.</summary>
        public int Left { get; set; } = -1;

        public void Take(CandleSeries bars)
        {
            if (Bars.Count == 0)
            {
                for (var ago = Math.Min(BarsBefore, bars.Count - 1); ago > 0; ago--) Bars.Add(bars.Ago(ago));
            }

            if (Bars.Count > 0 && bars.Last.OpenTimeMs <= Bars[^1].OpenTimeMs) return;   // a longer frame: not every time
            Bars.Add(bars.Last);
            if (Left > 0) Left--;
        }
    }
}
