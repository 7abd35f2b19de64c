namespace FuturesBot.Engine.Running;

/// <summary>An order of a person that no new signal may begin. What is open is followed on.</summary>
/// <param name="AtMs">When it was given: market time, UTC, Unix milliseconds.</param>
/// <param name="By">The door it came through, such as <c>chat</c>; never a person's name or number: the ledger keeps it for good.</param>
public sealed record EntryHalt(long AtMs, string By);
