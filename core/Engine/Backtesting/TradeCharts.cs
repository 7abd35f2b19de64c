using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// The candles around trades, for the report. Bounded: the first <see cref="ChartsMax"/> trades, at most
/// <see cref="BarsMax"/> candles each (a longer trade is drawn in pairs of candles).
/// </summary>
internal sealed class TradeCharts
{
    public const int ChartsMax = 2_000;
    public const int BarsMax = 96;

    private const int BarsBefore = 24;
    private const int BarsAfter = 8;

    private readonly Dictionary<string, Chart> _charts = new(StringComparer.Ordinal);
    private readonly Dictionary<Symbol, List<Chart>> _growing = [];

    public IReadOnlyDictionary<string, IReadOnlyList<Candle>> Done =>
        _charts.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<Candle>)entry.Value.Bars, StringComparer.Ordinal);

    public void Begin(TradePlan plan)
    {
        if (_charts.Count >= ChartsMax) return;
        var chart = new Chart(plan.Frame);
        _charts[plan.Id.Value] = chart;
        if (!_growing.TryGetValue(plan.Symbol, out var growing)) _growing[plan.Symbol] = growing = [];
        growing.Add(chart);
    }

    /// <summary>The trade is over: a few more candles, then the chart is done.</summary>
    public void End(string signalId)
    {
        if (_charts.TryGetValue(signalId, out var chart)) chart.Left = BarsAfter;
    }

    /// <summary>The signal was never filled.</summary>
    public void Drop(string signalId)
    {
        if (!_charts.Remove(signalId, out var chart)) return;
        foreach (var growing in _growing.Values) growing.Remove(chart);
    }

    /// <summary>A studied bar of the symbol has closed.</summary>
    public void Bar(SymbolDesk desk)
    {
        if (!_growing.TryGetValue(desk.Symbol, out var growing) || growing.Count == 0) return;
        for (var i = growing.Count - 1; i >= 0; i--)
        {
            var chart = growing[i];
            chart.Take(desk.View.Frame(chart.Frame).Bars);
            if (chart.Left == 0) growing.RemoveAt(i);
        }
    }

    private sealed class Chart(TimeFrame frame)
    {
        private int _each = 1;
        private int _joined;

        public TimeFrame Frame => frame;

        public List<Candle> Bars { get; } = [];

        /// <summary>Candles still to come; −1 while the trade lives.</summary>
        public int Left { get; set; } = -1;

        public void Take(CandleSeries bars)
        {
            if (Bars.Count == 0)
            {
                for (var ago = Math.Min(BarsBefore, bars.Count - 1); ago > 0; ago--) Bars.Add(bars.Ago(ago));
            }

            if (Bars.Count > 0 && bars.Last.OpenTimeMs <= _lastOpenMs) return;
            _lastOpenMs = bars.Last.OpenTimeMs;
            Join(bars.Last);
            if (Left > 0) Left--;
        }

        private long _lastOpenMs = long.MinValue;

        private void Join(in Candle bar)
        {
            if (_joined > 0 && _joined < _each)
            {
                Bars[^1] = Joined(Bars[^1], bar);
                _joined++;
            }
            else
            {
                Bars.Add(bar);
                _joined = 1;
            }

            if (Bars.Count <= BarsMax) return;
            for (var i = 0; i + 1 < Bars.Count; i++)
            {
                Bars[i] = Joined(Bars[i], Bars[i + 1]);
                Bars.RemoveAt(i + 1);
            }

            _each *= 2;
            _joined = _each;
        }

        private static Candle Joined(in Candle first, in Candle next) => first with
        {
            High = Math.Max(first.High, next.High),
            Low = Math.Min(first.Low, next.Low),
            Close = next.Close,
            Volume = first.Volume + next.Volume,
        };
    }
}
