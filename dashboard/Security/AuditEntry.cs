namespace FuturesBot.Dashboard;

/// <summary>One change that was asked for, done or refused.</summary>
/// <param name="AtMs">Wall time, UTC, Unix milliseconds.</param>
/// <param name="User">Null for a stranger.</param>
/// <param name="What">Method and path, without the query.</param>
/// <param name="From">What held before, never a secret; null when that is no part of it.</param>
/// <param name="To">What was asked for, never a secret.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Unwritten">Refusals just before this one that were too many to be written one by one.</param>
public sealed record AuditEntry(
    long AtMs, string? User, string? Role, string Address, string What, object? From, object? To, int Status, string Result, int Unwritten);
