namespace FuturesBot.Domain.Reporting;

/// <summary>How the system ends.</summary>
/// <param name="AtMs">When, UTC Unix milliseconds.</param>
/// <param name="Account">Whose money it moved.</param>
/// <param name="StartedAtMs">When it started.</param>
/// <param name="Asked">It was told to stop; false: a fault ended it.</param>
/// <param name="Fault">The fault, one sentence, without secrets; empty without one.</param>
/// <param name="Open">Signals in the market.</param>
/// <param name="Waiting">Signals that wait for entry.</param>
/// <param name="NetR">Net result of the trades closed since the start, in R.</param>
/// <param name="Closed">How many they are.</param>
public sealed record StopFacts(
    long AtMs, AccountKind Account, long StartedAtMs, bool Asked, string Fault, int Open, int Waiting, double NetR, int Closed);
