namespace FuturesBot.TestKit;

/// <summary>
/// Wall time that moves when a test says so. Timers fire inside <see cref="Advance"/>, in order of their due time, and
/// continuations run on the thread pool: a test awaits what it waits for, never a span of real time.
/// </summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public ManualTime()
        : this(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that will still fire.</summary>
    public int TimersWaiting
    {
        get
        {
            lock (_gate) return _timers.Count(timer => timer.DueAt is not null);
        }
    }

    /// <summary>When the next timer fires; null when none will.</summary>
    public DateTimeOffset? NextDueAt
    {
        get
        {
            lock (_gate) return _timers.Min(timer => timer.DueAt);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate) _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves time forward and fires what falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (Next(until) is { } due) due.Fire();
        lock (_gate) _now = until;
    }

    private ManualTimer? Next(DateTimeOffset until)
    {
        lock (_gate)
        {
            var due = _timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
            if (due is null) return null;
            if (due.DueAt > _now) _now = due.DueAt.Value;
            due.Reschedule();
            return due;
        }
    }

    private void Forget(ManualTimer timer)
    {
        lock (_gate) _timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            }

            return true;
        }

        public void Reschedule() =>
            DueAt = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : DueAt + _period;

        public void Fire() => callback(state);

        public void Dispose() => time.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
