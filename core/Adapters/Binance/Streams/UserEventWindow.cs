namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Puts events in the order in which they happened: each waits a moment for one that happened before it and is still
/// under way. What comes later than that is passed on when it comes, and counted.
/// </summary>
internal sealed class UserEventWindow : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(UserEvent Event, long ArrivedAt)> _waiting = [];   // by event time, then transaction time, then arrival
    private readonly TimeProvider _time;
    private readonly TimeSpan _window;
    private readonly Action<UserEvent> _emit;
    private readonly ITimer _timer;
    private long _lastEventMs = long.MinValue;

    /// <param name="emit">Called for one event after the other; must return at once.</param>
    public UserEventWindow(TimeProvider time, TimeSpan window, Action<UserEvent> emit)
    {
        (_time, _window, _emit) = (time, window, emit);
        _timer = time.CreateTimer(_ => EmitDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Events that came after one that happened later had been passed on.</summary>
    public long Late { get; private set; }

    public void Add(UserEvent told)
    {
        lock (_gate)
        {
            var at = _waiting.Count;
            while (at > 0 && IsBefore(told, _waiting[at - 1].Event)) at--;
            _waiting.Insert(at, (told, _time.GetTimestamp()));
            if (_window > TimeSpan.Zero && _waiting.Count > 1) return;   // the timer runs
            if (_window > TimeSpan.Zero) _timer.Change(_window, Timeout.InfiniteTimeSpan);
            else Emit(_waiting.Count);
        }
    }

    /// <summary>Passes on everything that waits, and then this.</summary>
    public void Flush(UserEvent? then = null)
    {
        lock (_gate)
        {
            Emit(_waiting.Count);
            if (then is not null) _emit(then);
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private static bool IsBefore(UserEvent told, UserEvent other) =>
        told.EventMs < other.EventMs || (told.EventMs == other.EventMs && told.TransactionMs < other.TransactionMs);

    private void EmitDue()
    {
        lock (_gate)
        {
            // Whoever has waited long enough takes along those that happened before it.
            var due = _waiting.FindLastIndex(waiting => _time.GetElapsedTime(waiting.ArrivedAt) >= _window);
            Emit(due + 1);
            if (_waiting.Count == 0) return;
            var oldest = _waiting.Min(waiting => waiting.ArrivedAt);
            _timer.Change(_window - _time.GetElapsedTime(oldest), Timeout.InfiniteTimeSpan);
        }
    }

    private void Emit(int count)
    {
        foreach (var (told, _) in _waiting.Take(count))
        {
            if (told.EventMs < _lastEventMs) Late++;
            _lastEventMs = Math.Max(_lastEventMs, told.EventMs);
            _emit(told);
        }

        _waiting.RemoveRange(0, count);
    }
}
