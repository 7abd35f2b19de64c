using FuturesBot.Engine.Sharding;

namespace FuturesBot.Engine.Tracking;

/// <summary>
/// Carries an orchestration's effects out: each becomes a command to the holder of the market under the effect's own id, so that one
/// that is carried out twice is done once.
/// </summary>
public static class TrackingEffects
{
    public static SidecarCommand CommandOf(TrackingEffect effect) => effect switch
    {
        TrackingEffect.Carry carry => new SidecarCommand.CarryOut(carry.Effect),
        TrackingEffect.Ask ask => ask.Command,
        TrackingEffect.Warn warn => new SidecarCommand.Warn(warn.SignalId, warn.Text, warn.AtMs),
        _ => throw new ArgumentException($"Effect {effect.Id} is a {effect.GetType().Name}, which is not known", nameof(effect)),
    };

    public static Task CarryOutAsync(TrackingEffect effect, ICommandSender commands, CancellationToken cancel = default) =>
        commands.SendAsync(effect.Id, CommandOf(effect), cancel);
}
