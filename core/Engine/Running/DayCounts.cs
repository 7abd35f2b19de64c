namespace FuturesBot.Engine.Running;

/// <summary>
/// What was not taken, day by day of the readers, for the summaries. A day ends with its summary, a minute before midnight,
/// so that a summary counts all that happened until it, and the next one the rest.
/// </summary>
/// <param name="zone">Where the readers live.</param>
public sealed class DayCounts(TimeZoneInfo zone)
{
    /// <summary>Days kept; older ones are forgotten.</summary>
    public const int Keep = 40;

    private const long LastMinuteMs = 60_000;

    private readonly SortedDictionary<DateOnly, Tally> _days = [];

    /// <summary>Something was added since the last <see cref="Saved"/>.</summary>
    public bool HasNews { get; private set; }

    /// <summary>Nothing is known of what was before: UTC, Unix milliseconds; null while nothing was decided.</summary>
    public long? SinceMs { get; private set; }

    /// <summary>The oldest day first.</summary>
    public IEnumerable<DayCount> Days => _days.Select(day => new DayCount(day.Key, new Dictionary<string, int>(day.Value.Refusals), day.Value.NearMisses));

    /// <summary>Counting begins here, unless it began before.</summary>
    public void Begin(long sinceMs)
    {
        if (SinceMs is not null) return;
        SinceMs = sinceMs;
        HasNews = true;
    }

    public void AddRefusal(long atMs, string reason)
    {
        var refusals = Of(atMs).Refusals;
        refusals[reason] = refusals.GetValueOrDefault(reason) + 1;
    }

    public void AddNearMiss(long atMs) => Of(atMs).NearMisses++;

    /// <summary>What was counted after a moment and until another: whole days, those in which the two lie or end.</summary>
    /// <param name="afterMs">UTC, Unix milliseconds, not counted any more.</param>
    /// <param name="untilMs">Still counted.</param>
    public (IReadOnlyDictionary<string, int> Refusals, int NearMisses) Between(long afterMs, long untilMs)
    {
        var (first, last) = (DayOf(afterMs + 1), DayOf(untilMs));
        var refusals = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var near = 0;
        foreach (var (day, tally) in _days)
        {
            if (day < first || day > last) continue;
            near += tally.NearMisses;
            foreach (var (reason, count) in tally.Refusals) refusals[reason] = refusals.GetValueOrDefault(reason) + count;
        }

        return (refusals, near);
    }

    public void Saved() => HasNews = false;

    public Stored ToStored() => new(SinceMs, [.. Days]);

    public void Restore(Stored stored)
    {
        _days.Clear();
        SinceMs = stored.SinceMs;
        foreach (var day in stored.Days)
        {
            var tally = _days[day.Day] = new() { NearMisses = day.NearMisses };
            foreach (var (reason, count) in day.Refusals) tally.Refusals[reason] = count;
        }
    }

    private Tally Of(long atMs)
    {
        HasNews = true;
        var day = DayOf(atMs);
        if (_days.TryGetValue(day, out var tally)) return tally;
        _days[day] = tally = new();
        while (_days.Count > Keep) _days.Remove(_days.Keys.First());
        return tally;
    }

    private DateOnly DayOf(long atMs) => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(atMs + LastMinuteMs - 1), zone).DateTime);

    /// <summary>As the store keeps it.</summary>
    public sealed record Stored(long? SinceMs, IReadOnlyList<DayCount> Days);

    private sealed class Tally
    {
        public Dictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

        public int NearMisses { get; set; }
    }
}
