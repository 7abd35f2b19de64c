namespace FuturesBot.Dashboard;

/// <summary>A message that could not be taken in.</summary>
/// <param name="Id">Of the message in its queue.</param>
/// <param name="Queue">Where it came from.</param>
/// <param name="AtMs">Wall time of the last try, UTC Unix milliseconds.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Body">The beginning of it, at most 2,000 characters.</param>
public sealed record PoisonView(string Id, string Queue, long AtMs, long Tries, string Reason, string Body);
