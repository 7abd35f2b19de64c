using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>One symbol and frame as the chart shows it: the newest closed candles with their studies.</summary>
internal sealed class ChartSeries
{
    /// <summary>More than ten days of 15m candles; the page asks for 600.</summary>
    public const int Keep = 1_024;

    private static readonly string[] Names =
    [
        "ema20", "ema50", "ema200", "vwap", "vwap_upper1", "vwap_lower1", "vwap_upper2", "vwap_lower2",
        "volume_mean20", "atr14", "adx14", "rsi14",
    ];

    private readonly Ring<Candle> _bars = new(Keep);
    private readonly double[] _studies = new double[Keep * Names.Length];
    private readonly Ema _ema20 = new(20);
    private readonly Ema _ema50 = new(50);
    private readonly Ema _ema200 = new(200);
    private readonly DailyVwap _vwap = new();
    private readonly Sma _volume = new(20);
    private readonly Atr _atr = new(14);
    private readonly Adx _adx = new(14);
    private readonly Rsi _rsi = new(14);
    private double _volumeMean = double.NaN;

    public int Count => _bars.Count;

    public ref readonly Candle Ago(int ago) => ref _bars.Ago(ago);

    /// <summary>False for a candle that is not newer than the last: it changes nothing.</summary>
    public bool Add(in Candle bar)
    {
        if (Count > 0 && bar.OpenTimeMs <= Ago(0).OpenTimeMs) return false;
        var vwap = _vwap.Update(bar);
        var mean = _volumeMean;   // without the bar itself, as the strategies compare (spec 2.1)
        _volumeMean = _volume.Update(bar.Volume);
        double[] row =
        [
            _ema20.Update(bar.Close), _ema50.Update(bar.Close), _ema200.Update(bar.Close),
            vwap.Value, vwap.Upper1, vwap.Lower1, vwap.Upper2, vwap.Lower2,
            mean, _atr.Update(bar), _adx.Update(bar).Adx, _rsi.Update(bar.Close),
        ];
        row.CopyTo(_studies, _bars.Added % Keep * Names.Length);
        _bars.Add(bar);
        return true;
    }

    public Candle[] Newest(int limit)
    {
        var bars = new Candle[Math.Min(limit, Count)];
        for (var i = 0; i < bars.Length; i++) bars[i] = Ago(bars.Length - 1 - i);
        return bars;
    }

    public Dictionary<string, IReadOnlyList<double>> Studies(int limit)
    {
        var count = Math.Min(limit, Count);
        var series = new Dictionary<string, IReadOnlyList<double>>(Names.Length, StringComparer.Ordinal);
        for (var n = 0; n < Names.Length; n++)
        {
            var values = new double[count];
            for (var i = 0; i < count; i++) values[i] = _studies[((_bars.Added - count + i) % Keep * Names.Length) + n];
            series[Names[n]] = values;
        }

        return series;
    }
}
