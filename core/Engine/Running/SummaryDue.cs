namespace FuturesBot.Engine.Running;

/// <summary>A summary whose time has come.</summary>
/// <param name="IsWeekly">The week's; else the day's.</param>
/// <param name="FromMs">Start of what it tells of, UTC Unix milliseconds.</param>
/// <param name="AtMs">When it was due, and the end of what it tells of.</param>
public sealed record SummaryDue(bool IsWeekly, long FromMs, long AtMs);
