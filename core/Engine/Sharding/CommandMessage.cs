namespace FuturesBot.Engine.Sharding;

/// <summary>A command on its way.</summary>
/// <param name="Id">The same command has the same id however often it is sent.</param>
/// <param name="Command">What to do.</param>
/// <param name="SentAtMs">Wall time, UTC, Unix milliseconds.</param>
/// <param name="TraceParent">W3C trace context; null when nobody traces.</param>
public sealed record CommandMessage(string Id, SidecarCommand Command, long SentAtMs, string? TraceParent = null);
