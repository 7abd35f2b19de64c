namespace FuturesBot.Engine.Sharding;

/// <summary>A message that could not be taken in.</summary>
/// <param name="Id">Of the message in its queue.</param>
/// <param name="Queue">Where it came from.</param>
/// <param name="AtMs">Wall time of the last try, UTC, Unix milliseconds.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Body">As it came.</param>
public sealed record PoisonMessage(string Id, string Queue, long AtMs, long Tries, string Reason, string Body);
