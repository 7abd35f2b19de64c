using System.Diagnostics;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;

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

    /// <summary>
    /// Carries out what an activity is given, as a step of the orchestration: the orchestration itself is replayed, and must not tell.
    /// </summary>
    public static async Task CarryOutAsync(EffectOrder order, ICommandSender commands, CancellationToken cancel = default)
    {
        using var span = BotTelemetry.StartFrom(Spans.Orchestrate, ActivityKind.Consumer, order.TraceParent);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(Attributes.EffectId, order.Effect.Id).SetTag(Attributes.Kind, order.Effect.GetType().Name)
                .SetTag(Attributes.SignalId, SignalOf(order.Effect));
        }

        try
        {
            await CarryOutAsync(order.Effect, commands, cancel);
        }
        catch (Exception e)
        {
            span.Fail(e);
            throw;
        }
    }

    public static Task CarryOutAsync(TrackingEffect effect, ICommandSender commands, CancellationToken cancel = default) =>
        commands.SendAsync(effect.Id, CommandOf(effect), cancel);

    private static string? SignalOf(TrackingEffect effect) => effect switch
    {
        TrackingEffect.Carry carry => carry.Effect.SignalId,
        TrackingEffect.Warn warn => warn.SignalId,
        TrackingEffect.Ask { Command: SidecarCommand.WatchLevels watch } => watch.SignalId,
        TrackingEffect.Ask { Command: SidecarCommand.ForgetLevels forget } => forget.SignalId,
        _ => null,
    };
}
