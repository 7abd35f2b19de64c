using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Running;

/// <summary>The studies of a chart, folded over the candles that it shows and those before them.</summary>
internal static class StudyViews
{
    /// <param name="symbol">The market.</param>
    /// <param name="frame">Its frame.</param>
    /// <param name="candles">All that are there, oldest first: the slow averages need them to get ripe.</param>
    /// <param name="hours">1h candles, for anchors.</param>
    /// <param name="fourHours">4h candles, likewise.</param>
    /// <param name="limit">The newest so many are returned.</param>
    public static IndicatorsView Of(
        Symbol symbol, TimeFrame frame, Candle[] candles, Candle[] hours, Candle[] fourHours, int limit)
    {
        var series = new SortedDictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);
        foreach (var periods in (int[])[20, 50, 200]) Add($"ema{periods}", Closes(new Ema(periods)));
        Add("rsi14", Closes(new Rsi()));
        Add("atr14", Bars(new Atr(14), value => value));
        Add("adx14", Bars(new Adx(), value => value.Adx));
        Add("volume_mean20", Over(new Sma(20), bar => bar.Volume));
        if (frame < TimeFrame.D1)
        {
            var vwap = candles.Length == 0 ? [] : Fold();
            Add("vwap", Array.ConvertAll(vwap, value => value.Value));
            Add("vwap_upper1", Array.ConvertAll(vwap, value => value.Upper1));
            Add("vwap_lower1", Array.ConvertAll(vwap, value => value.Lower1));
            Add("vwap_upper2", Array.ConvertAll(vwap, value => value.Upper2));
            Add("vwap_lower2", Array.ConvertAll(vwap, value => value.Lower2));
        }

        ChartStudies.Add(series, frame, candles, hours, fourHours, limit);
        return new(symbol, frame, [.. candles.TakeLast(limit).Select(bar => bar.OpenTimeMs)], series);

        void Add(string name, double[] values) => series[name] = values[Math.Max(0, values.Length - limit)..];

        double[] Closes(IIndicator<double, double> study) => Over(study, bar => bar.Close);

        double[] Over(IIndicator<double, double> study, Func<Candle, double> input) =>
            Array.ConvertAll(candles, bar => study.Update(input(bar)));

        double[] Bars<T>(IIndicator<Candle, T> study, Func<T, double> value) =>
            Array.ConvertAll(candles, bar => value(study.Update(bar)));

        VwapReading[] Fold()
        {
            var study = new DailyVwap();
            return Array.ConvertAll(candles, bar => study.Update(bar));
        }
    }
}
