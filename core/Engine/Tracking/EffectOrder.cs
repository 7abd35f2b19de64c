namespace FuturesBot.Engine.Tracking;

/// <summary>An effect on its way to an activity. An envelope, for the reason that <see cref="SignalMessage"/> is one.</summary>
/// <param name="Effect">What is to be carried out.</param>
public sealed record EffectOrder(TrackingEffect Effect);
