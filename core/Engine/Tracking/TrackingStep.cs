namespace FuturesBot.Engine.Tracking;

/// <summary>What an event makes of an orchestration.</summary>
/// <param name="After">The state after it.</param>
/// <param name="Effects">To be carried out, in this order, before the state is kept.</param>
public sealed record TrackingStep(TrackedSignal After, IReadOnlyList<TrackingEffect> Effects);
