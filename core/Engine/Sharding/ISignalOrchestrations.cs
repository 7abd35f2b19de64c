using FuturesBot.Engine.Tracking;

namespace FuturesBot.Engine.Sharding;

/// <summary>The orchestrations that follow signals, one each; the instance has the signal's id.</summary>
public interface ISignalOrchestrations
{
    /// <summary>Starts the orchestration of a signal; one that runs or has run is left as it is.</summary>
    Task StartAsync(TrackedSignal begun, CancellationToken cancel = default);

    /// <summary>Tells it what happened. One that has ended, or never was, hears nothing; that is no fault.</summary>
    Task RaiseAsync(string signalId, SignalMessage message, CancellationToken cancel = default);
}
