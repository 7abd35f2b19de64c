using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>Has effects carried out by the holder of the market, each under its own id.</summary>
public sealed class CommandedEffects(ICommandSender commands) : IEffectCarrier
{
    // Asking for it again is harmless: the holder of the market knows the id.
    public bool HasDone(StoredEffect effect) => false;

    public Task CarryOutAsync(StoredEffect effect) => commands.SendAsync(effect.Id, new SidecarCommand.CarryOut(effect));
}
