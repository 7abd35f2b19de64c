namespace FuturesBot.Engine.Running;

/// <summary>Open interest and funding of one symbol: the change over one strategy bar, its rank, the rate's z-score.</summary>
internal sealed class SymbolPositioning
{
    /// <summary>Changes that one is ranked among (spec 2.8).</summary>
    public const int Changes = 200;

    /// <summary>30 days of hourly settlements, the most there can be.</summary>
    public const int Settlements = 720;

    private const int SettlementsMin = 30;
    private const long BarMs = 900_000;
    private const long Days30Ms = 30L * 86_400_000;

    private readonly Lock _gate = new();
    private readonly List<(long TimeMs, double Interest)> _interest = [];   // at closing times, oldest first
    private (long TimeMs, double Rate)[] _funding = [];

    public void SeedOpenInterest(IReadOnlyList<(long TimeMs, double OpenInterest)> history)
    {
        lock (_gate)
        {
            _interest.EnsureCapacity(Changes + 3);
            foreach (var (timeMs, interest) in history)
            {
                if (timeMs % BarMs == 0 && interest > 0 && PlaceOf(timeMs) is < 0 and var place) _interest.Insert(~place, (timeMs, interest));
            }
        }
    }

    public void Add(long closeMs, double interest)
    {
        if (!(interest > 0)) return;
        lock (_gate)
        {
            var place = PlaceOf(closeMs);
            if (place >= 0) _interest[place] = (closeMs, interest);
            else _interest.Insert(~place, (closeMs, interest));
            if (_interest.Count > Changes + 2) _interest.RemoveRange(0, _interest.Count - Changes - 2);
        }
    }

    public void SeedFunding(IReadOnlyList<(long TimeMs, double Rate)> rates)
    {
        // The exchange gives a number of rates; where they are eight hours apart, most are older than anything that is asked.
        var sinceMs = rates.Count == 0 ? 0 : rates.Max(rate => rate.TimeMs) - (2 * Days30Ms);
        lock (_gate) _funding = [.. rates.Where(rate => rate.TimeMs > sinceMs).OrderBy(rate => rate.TimeMs)];
    }

    /// <summary>A settlement may have happened that is not known.</summary>
    public bool IsFundingDue(long nowMs)
    {
        lock (_gate)
        {
            if (_funding.Length < 2) return true;
            var interval = _funding[^1].TimeMs - _funding[^2].TimeMs;
            return nowMs >= _funding[^1].TimeMs + interval;
        }
    }

    /// <summary>The change over the bar that closes, and its percentile among the changes before it.</summary>
    public (double Change, double Rank) ChangeAt(long closeMs)
    {
        lock (_gate)
        {
            if (Change(closeMs) is not { } change) return (double.NaN, double.NaN);
            var (below, count) = (0, 0);
            foreach (var (timeMs, _) in _interest)
            {
                if (timeMs >= closeMs || Change(timeMs) is not { } other) continue;
                count++;
                if (other <= change) below++;
            }

            return (change, count >= Changes / 2 ? 100.0 * below / count : double.NaN);
        }
    }

    /// <summary>z-score of the last settled rate among those of 30 days.</summary>
    public double FundingZAt(long closeMs)
    {
        lock (_gate)
        {
            var known = _funding.Where(rate => rate.TimeMs <= closeMs && rate.TimeMs > closeMs - Days30Ms).ToArray();
            if (known.Length < SettlementsMin) return double.NaN;
            var mean = known.Average(rate => rate.Rate);
            var variance = known.Average(rate => (rate.Rate - mean) * (rate.Rate - mean));
            return variance > 0 ? (known[^1].Rate - mean) / Math.Sqrt(variance) : double.NaN;
        }
    }

    private double? Change(long closeMs) =>
        PlaceOf(closeMs) is >= 0 and var now && PlaceOf(closeMs - BarMs) is >= 0 and var before
            ? (_interest[now].Interest / _interest[before].Interest) - 1
            : null;

    /// <summary>As <see cref="List{T}.BinarySearch(T)"/>: where it is, or the complement of where it would go.</summary>
    private int PlaceOf(long timeMs)
    {
        var (low, high) = (0, _interest.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var there = _interest[middle].TimeMs;
            if (there == timeMs) return middle;
            if (there < timeMs) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
