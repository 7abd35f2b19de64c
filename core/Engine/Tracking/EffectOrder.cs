namespace FuturesBot.Engine.Tracking;

/// <summary>An effect on its way to an activity. An envelope, for the reason that <see cref="SignalMessage"/> is one.</summary>
/// <param name="Effect">What is to be carried out.</param>
/// <param name="TraceParent">W3C trace context of the event that it follows from; null when nobody traces.</param>
public sealed record EffectOrder(TrackingEffect Effect, string? TraceParent = null);
