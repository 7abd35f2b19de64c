namespace FuturesBot.Adapters.Binance;

/// <summary>What the request budget was in the last hour, and the bans since the start. Safe for use by several threads.</summary>
public sealed class BudgetHistory(RequestBudget budget, TimeProvider time)
{
    /// <summary>Minutes kept.</summary>
    public const int MinutesKept = 60;

    /// <summary>Bans kept.</summary>
    public const int BansKept = 50;

    // Weight only grows within a minute: a look a second misses at most what its last second brought.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<WeightMinute> _minutes = new();
    private readonly LinkedList<(long? FromMs, long UntilMs)> _bans = [];
    private WeightMinute _now;

    /// <summary>Oldest first; the one that runs is the last.</summary>
    public IReadOnlyList<WeightMinute> Minutes
    {
        get
        {
            lock (_gate) return _now.EndMs == 0 ? [] : [.. _minutes, _now];
        }
    }

    /// <summary>Newest first. A ban that was there at the start has no beginning.</summary>
    public IReadOnlyList<(long? FromMs, long UntilMs)> Bans
    {
        get
        {
            lock (_gate) return [.. _bans];
        }
    }

    /// <summary>Looks every second until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var isFirst = true;
        while (true)
        {
            Look(budget.Read(), isFirst);
            isFirst = false;
            await Task.Delay(LookEvery, time, cancel);
        }
    }

    internal void Look(BudgetReading reading, bool isFirst)
    {
        lock (_gate)
        {
            if (reading.WindowEndsMs != _now.EndMs)
            {
                if (_now.EndMs != 0) _minutes.Enqueue(_now);
                while (_minutes.Count >= MinutesKept) _minutes.Dequeue();
                _now = new(reading.WindowEndsMs, 0, 0);
            }

            _now = _now with { Own = Math.Max(_now.Own, reading.OwnWeight), Used = Math.Max(_now.Used, reading.UsedWeight) };
            if (reading.BannedUntilMs is not { } untilMs) return;
            if (_bans.First is { } last && last.Value.UntilMs >= reading.AtMs)
            {
                last.Value = last.Value with { UntilMs = untilMs };   // the same one, made longer
                return;
            }

            _bans.AddFirst((isFirst ? null : reading.AtMs, untilMs));
            if (_bans.Count > BansKept) _bans.RemoveLast();
        }
    }
}
