using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Telemetry;
using FuturesBot.Engine.Tracking;

namespace FuturesBot.Engine.Sharding;

/// <summary>Hands what happened to a signal to its orchestration; what belongs to no signal goes another way.</summary>
/// <param name="orchestrations">One a signal.</param>
/// <param name="others">Carries out summaries and the like.</param>
public sealed class OrchestratedEffects(ISignalOrchestrations orchestrations, IEffectCarrier others) : IEffectCarrier
{
    // Doing it again is harmless: starting what runs changes nothing, and an orchestration knows what it has heard.
    public bool HasDone(StoredEffect effect) => effect.Kind != Running.Effects.Raise && others.HasDone(effect);

    public async Task CarryOutAsync(StoredEffect effect)
    {
        if (effect.Kind != Running.Effects.Raise)
        {
            await others.CarryOutAsync(effect);
            return;
        }

        var message = Running.Effects.ToMessage(effect) with { TraceParent = TraceContext.Current };
        if (message.Event is TrackingEvent.Moved { After: 0 } begun) await orchestrations.StartAsync(SignalTracking.Begin(begun.Now));
        await orchestrations.RaiseAsync(effect.SignalId, message);
    }
}
