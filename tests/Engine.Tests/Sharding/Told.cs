using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;

namespace FuturesBot.Engine.Tests.Sharding;

/// <summary>Notes what orchestrations are told; throws when asked to.</summary>
internal sealed class Told : ISignalOrchestrations
{
    public List<string> Started { get; } = [];

    public List<(string SignalId, TrackingEvent Event)> Raised { get; } = [];

    /// <summary>The next calls that fail.</summary>
    public int Faults { get; set; }

    public Task StartAsync(TrackedSignal begun, CancellationToken cancel = default)
    {
        Fail();
        Started.Add(begun.Now.SignalId);
        return Task.CompletedTask;
    }

    public Task RaiseAsync(string signalId, SignalMessage message, CancellationToken cancel = default)
    {
        Fail();
        Raised.Add((signalId, message.Event));
        return Task.CompletedTask;
    }

    private void Fail()
    {
        if (Faults == 0) return;
        Faults--;
        throw new IOException("the orchestrations are away");
    }
}
