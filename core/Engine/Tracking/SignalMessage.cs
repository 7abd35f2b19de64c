namespace FuturesBot.Engine.Tracking;

/// <summary>
/// The one thing that is sent to a signal's orchestration. An envelope, because a polymorphic value that is sent bare loses the name
/// of its kind on the way.
/// </summary>
/// <param name="Event">What happened.</param>
/// <param name="TraceParent">W3C trace context; null when nobody traces.</param>
public sealed record SignalMessage(TrackingEvent Event, string? TraceParent = null);
