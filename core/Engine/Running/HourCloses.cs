using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Running;

/// <summary>The closes of one symbol's last hours, a place for each hour; of a missing one NaN.</summary>
/// <param name="hours">How many, back from the newest that came.</param>
internal sealed class HourCloses(int hours)
{
    private readonly double[] _closes = new double[hours];
    private long _last = long.MinValue;   // number of the newest hour

    public void Add(in Candle hour)
    {
        var number = hour.OpenTimeMs / TimeFrame.H1.Ms();
        if (number > _last)
        {
            if (_last == long.MinValue || number - _last > hours) Array.Fill(_closes, double.NaN);
            else for (var missing = _last + 1; missing < number; missing++) _closes[missing % hours] = double.NaN;
            _last = number;
        }

        if (_last - number < hours) _closes[number % hours] = hour.Close;
    }

    /// <summary>Oldest first; missing hours are left out.</summary>
    public HourClose[] Newest(int limit)
    {
        var newest = new List<HourClose>(Math.Min(limit, hours));
        for (var number = _last - Math.Min(limit, hours) + 1; number <= _last; number++)
        {
            if (number >= 0 && !double.IsNaN(_closes[number % hours])) newest.Add(new(number * TimeFrame.H1.Ms(), _closes[number % hours]));
        }

        return [.. newest];
    }
}
