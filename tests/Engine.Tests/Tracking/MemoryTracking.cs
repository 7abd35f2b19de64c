using FuturesBot.Engine.Tracking;

namespace FuturesBot.Engine.Tests.Tracking;

/// <summary>Followed signals in memory.</summary>
internal sealed class MemoryTracking : ITrackingStore
{
    private readonly Dictionary<string, TrackedSignal> _kept = new(StringComparer.Ordinal);

    public Task<IReadOnlyList<TrackedSignal>> LoadOpenAsync(CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<TrackedSignal>>([.. _kept.Values.Where(state => !state.IsOver)]);

    public Task<TrackedSignal?> FindAsync(string signalId, CancellationToken cancel = default) => Task.FromResult(_kept.GetValueOrDefault(signalId));

    public Task SaveAsync(TrackedSignal state, CancellationToken cancel = default)
    {
        _kept[state.Now.SignalId] = state;
        return Task.CompletedTask;
    }

    public Task<int> ForgetAsync(long overBeforeMs, CancellationToken cancel = default) => Task.FromResult(0);
}
