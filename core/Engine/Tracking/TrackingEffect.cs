using System.Text.Json.Serialization;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Engine.Tracking;

/// <summary>What an orchestration has carried out by an activity. An activity may run more than once: the id makes a repeat harmless.</summary>
/// <param name="Id">Deterministic.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Carry), "carry")]
[JsonDerivedType(typeof(Ask), "ask")]
[JsonDerivedType(typeof(Warn), "warn")]
public abstract record TrackingEffect(string Id)
{
    /// <summary>An effect of the kernel's: a message, a line of a log.</summary>
    public sealed record Carry(string Id, StoredEffect Effect) : TrackingEffect(Id);

    /// <summary>Something is asked of the holder of the market.</summary>
    public sealed record Ask(string Id, SidecarCommand Command) : TrackingEffect(Id);

    /// <summary>A person must know. It never fails the signal.</summary>
    /// <param name="SignalId">Which signal.</param>
    /// <param name="Text">A sentence or two for the log and the chat.</param>
    /// <param name="AtMs">Market time, UTC, Unix milliseconds.</param>
    public sealed record Warn(string Id, string SignalId, string Text, long AtMs) : TrackingEffect(Id);
}
