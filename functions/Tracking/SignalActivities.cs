using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;

namespace FuturesBot.Functions.Tracking;

/// <summary>What orchestrations of signals have carried out.</summary>
public sealed class SignalActivities(Parts parts)
{
    /// <summary>Puts an effect on the command queue. May run more than once: the effect's id makes that harmless.</summary>
    [Function(nameof(CarryOut))]
    public async Task CarryOut([ActivityTrigger] EffectOrder order, CancellationToken cancel) =>
        await TrackingEffects.CarryOutAsync(order, (await parts.StorageAsync(cancel)).Commands, cancel);

    /// <summary>Reads moves that an orchestration was not told of.</summary>
    [Function(nameof(ReadMoves))]
    public async Task<MissedMoves> ReadMoves([ActivityTrigger] MovesAsk ask, CancellationToken cancel) =>
        await StoredMoves.ReadAsync((await parts.StorageAsync(cancel)).Signals, ask, cancel);
}
