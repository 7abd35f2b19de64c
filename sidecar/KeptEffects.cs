using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Sidecar;

/// <summary>Puts Action Price's own record of its signals into the store before anything else: a container's files go with the container.</summary>
/// <param name="next">Carries effects out as everywhere.</param>
/// <param name="lines">Where the record is kept.</param>
/// <param name="shown">Shows it.</param>
internal sealed class KeptEffects(IEffectCarrier next, ActionPriceLines lines, ActionPriceLog shown) : IEffectCarrier
{
    public bool HasDone(StoredEffect effect) => next.HasDone(effect);

    public async Task CarryOutAsync(StoredEffect effect)
    {
        if (effect.Kind == Effects.ActionPriceLog)
        {
            await lines.AddAsync(effect);
            shown.Add(effect);
        }

        await next.CarryOutAsync(effect);
    }
}
