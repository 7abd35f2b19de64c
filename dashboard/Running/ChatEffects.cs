using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>
/// Carries effects out into the chat's outbox and into the files. The outbox knows an effect's messages by their ids, so it
/// comes first: whatever is in the files is in the outbox too.
/// </summary>
public sealed class ChatEffects(LogEffects files) : IEffectCarrier
{
    /// <summary>Null while there is no chat.</summary>
    public ChatSession? Chat { get; set; }

    public bool HasDone(StoredEffect effect) => files.HasDone(effect);

    public async Task CarryOutAsync(StoredEffect effect)
    {
        if (Chat is { } chat && effect.Kind is Effects.Notify or Effects.Summary) await chat.TellAsync(effect);
        files.CarryOut(effect);
    }
}
