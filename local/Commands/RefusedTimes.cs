using System.Globalization;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Commands;

/// <summary>
/// Holes between refused rows whose time a person can still read, such as a date. Where every row of a
/// series is refused this is all that can be said about its gaps. Only for the report: nothing is repaired.
/// </summary>
internal sealed class RefusedTimes
{
    private const int HolesMax = 10_000;

    private readonly Dictionary<SeriesInfo, long> _last = [];
    private readonly Dictionary<SeriesInfo, List<CandleGap>> _holes = [];

    public void Add(KlineRowError row)
    {
        if (!KlineFileName.TryParse(row.File, out var series)) return;
        if (!TryUnderstand(row.Text, out var openMs)) return;
        var length = series!.Frame.Ms();
        if (_last.TryGetValue(series, out var last) && openMs - last > length)
            Add(series, last + length, openMs);
        _last[series] = openMs;
    }

    public IReadOnlyList<CandleGap> HolesOf(SeriesInfo series) =>
        _holes.TryGetValue(series, out var holes) ? holes : [];

    private static bool TryUnderstand(string row, out long openMs)
    {
        var text = row.Split(',')[0];
        openMs = 0;
        var invariant = CultureInfo.InvariantCulture;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, invariant, out var number))
        {
            openMs = number < long.MaxValue ? (long)number : 0;
            return openMs > 0;
        }

        if (!DateTimeOffset.TryParse(text, invariant, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        openMs = time.ToUnixTimeMilliseconds();
        return true;
    }

    private void Add(SeriesInfo series, long fromMs, long toMs)
    {
        if (!_holes.TryGetValue(series, out var holes)) _holes[series] = holes = [];
        if (holes.Count < HolesMax) holes.Add(new(fromMs, toMs, (toMs - fromMs) / series.Frame.Ms()));
    }
}
