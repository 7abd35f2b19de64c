using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Breathes between bursts of requests, so that loading the past leaves room for what is urgent (spec 1.2). Nobody holds
/// a lock while waiting: a burst that is over moves the moment from which the next may begin.
/// </summary>
public sealed class BurstPause(IBudgetUse budget, LoaderOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _requests;
    private DateTimeOffset _nextAt = DateTimeOffset.MinValue;

    /// <summary>Waits for the turn of one request.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel = default)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_requests > 0 && _requests % options.BurstRequests == 0)
                _nextAt = (_nextAt > now ? _nextAt : now) + Pause();
            _requests++;
            wait = _nextAt - now;
        }

        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancel);
    }

    private TimeSpan Pause() => TimeSpan.FromMilliseconds(
        options.BurstPauseMs + (budget.Use > options.BusyUse ? options.BusyPauseMs : 0));
}
