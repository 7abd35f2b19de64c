using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>
/// Studies of the chart alone: candle patterns, and the VWAPs of a session, a week and an anchor. Folded
/// over the candles that are there; where these begin after the VWAP's start it is unavailable.
/// </summary>
public static class ChartStudies
{
    /// <summary>Adds the studies that make sense on a frame.</summary>
    /// <param name="series">Takes them by name; those of a VWAP with its start as <c>…_since</c>.</param>
    /// <param name="frame">Of the chart.</param>
    /// <param name="candles">All of the chart's closed candles that are known, oldest first.</param>
    /// <param name="hours">Closed 1h candles, for anchors; may be empty.</param>
    /// <param name="fourHours">Closed 4h candles, likewise.</param>
    /// <param name="limit">The newest so many values are added.</param>
    public static void Add(
        IDictionary<string, IReadOnlyList<double>> series,
        TimeFrame frame,
        IReadOnlyList<Candle> candles,
        IReadOnlyList<Candle> hours,
        IReadOnlyList<Candle> fourHours,
        int limit)
    {
        var rows = new Rows(series, limit);
        AddPatterns(rows, frame, candles);
        if (frame <= TimeFrame.H1) AddSession(rows, candles);
        if (frame < TimeFrame.D1) AddWeek(rows, candles);
        if (frame == TimeFrame.M15) AddAnchored(rows, candles, hours, fourHours);
    }

    private static void AddPatterns(Rows rows, TimeFrame frame, IReadOnlyList<Candle> candles)
    {
        var last = new CandleSeries(frame, keep: 3);   // a fakey needs three
        var (up, down) = (new double[candles.Count], new double[candles.Count]);
        for (var i = 0; i < candles.Count; i++)
        {
            if (last.Append(candles[i]) == AppendOutcome.AppendedAfterGap)
            {
                last.Restart();   // bars apart make no pattern
                last.Append(candles[i]);
            }

            up[i] = (int)PriceActionPatterns.Of(last, Side.Long);
            down[i] = (int)PriceActionPatterns.Of(last, Side.Short);
        }

        rows.Add("pattern_long", up);
        rows.Add("pattern_short", down);
    }

    private static void AddSession(Rows rows, IReadOnlyList<Candle> candles)
    {
        var study = new SessionVwap();
        rows.AddVwap("vwap_session", candles, bar => (study.Update(bar), study.Current?.StartOf(bar.OpenTimeMs)));
    }

    private static void AddWeek(Rows rows, IReadOnlyList<Candle> candles)
    {
        var study = new WeeklyVwap();
        rows.AddVwap("vwap_week", candles, bar => (study.Update(bar), WeeklyVwap.MondayOf(bar.OpenTimeMs)));
    }

    private static void AddAnchored(
        Rows rows, IReadOnlyList<Candle> candles, IReadOnlyList<Candle> hours, IReadOnlyList<Candle> fourHours)
    {
        var study = new AnchoredVwaps();
        var (nextHour, nextFour) = (0, 0);
        var readings = new (VwapReading Hour, long? HourMs, VwapReading Four, long? FourMs)[candles.Count];
        for (var i = 0; i < candles.Count; i++)
        {
            var closeMs = candles[i].CloseTimeMs(TimeFrame.M15);
            Fold(TimeFrame.H4, fourHours, ref nextFour, closeMs);
            Fold(TimeFrame.H1, hours, ref nextHour, closeMs);
            study.Update(TimeFrame.M15, candles[i]);
            readings[i] = (study.Hour, study.HourAnchor?.TimeMs, study.FourHours, study.FourHoursAnchor?.TimeMs);
        }

        var (at, from) = (0, 0);
        rows.AddVwap("avwap_1h", candles, _ => (readings[at].Hour, readings[at++].HourMs));
        rows.AddVwap("avwap_4h", candles, _ => (readings[from].Four, readings[from++].FourMs));

        void Fold(TimeFrame frame, IReadOnlyList<Candle> higher, ref int next, long closeMs)
        {
            while (next < higher.Count && higher[next].CloseTimeMs(frame) <= closeMs) study.Update(frame, higher[next++]);
        }
    }

    private sealed class Rows(IDictionary<string, IReadOnlyList<double>> series, int limit)
    {
        public void Add(string name, double[] values) => series[name] = values[Math.Max(0, values.Length - limit)..];

        /// <summary>A VWAP and since when it runs; both NaN while it began before the first candle.</summary>
        public void AddVwap(string name, IReadOnlyList<Candle> candles, Func<Candle, (VwapReading Reading, long? SinceMs)> study)
        {
            var (values, since) = (new double[candles.Count], new double[candles.Count]);
            for (var i = 0; i < candles.Count; i++)
            {
                var (reading, sinceMs) = study(candles[i]);
                var isWhole = reading.IsAvailable && sinceMs >= candles[0].OpenTimeMs;
                (values[i], since[i]) = isWhole ? (reading.Value, sinceMs!.Value) : (double.NaN, double.NaN);
            }

            Add(name, values);
            Add($"{name}_since", since);
        }
    }
}
