using System.Text.Json.Serialization;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Tracking;

/// <summary>
/// What reaches a signal's orchestration. A closed set; a kind that a version does not know arrives as this base and changes nothing.
/// </summary>
/// <param name="Id">The same event has the same id however often it comes.</param>
/// <param name="AtMs">Market time, UTC, Unix milliseconds.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(Crossed), "crossed")]
[JsonDerivedType(typeof(DeadlinePassed), "deadline")]
[JsonDerivedType(typeof(Resent), "resent")]
public record TrackingEvent(string Id, long AtMs)
{
    /// <summary>The kernel has moved the signal by closed candles.</summary>
    /// <param name="After">The version that this follows; 0 for the first.</param>
    /// <param name="Now">The signal afterwards.</param>
    /// <param name="Effects">What is to be carried out for it, in this order, each once.</param>
    public sealed record Moved(string Id, long AtMs, long After, SignalView Now, IReadOnlyList<StoredEffect> Effects) : TrackingEvent(Id, AtMs);

    /// <summary>The price has reached a level. It is news, not a fill: what it means is decided by the candle that holds it.</summary>
    public sealed record Crossed(string Id, long AtMs, string Level, decimal Price, decimal MarketPrice) : TrackingEvent(Id, AtMs);

    /// <summary>A moment has passed by which the kernel should have moved the signal.</summary>
    public sealed record DeadlinePassed(string Id, long AtMs) : TrackingEvent(Id, AtMs);

    /// <summary>Somebody wants the orchestration to take in whatever it was not told of.</summary>
    /// <param name="Now">The signal as it is stored: so far its moves are to be taken in.</param>
    public sealed record Resent(string Id, long AtMs, SignalView Now) : TrackingEvent(Id, AtMs);
}
