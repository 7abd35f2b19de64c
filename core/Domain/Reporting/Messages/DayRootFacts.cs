namespace FuturesBot.Domain.Reporting;

/// <summary>The end of a day's ledger, short enough to be read out.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Hash">The first twelve hex digits of its last line's hash.</param>
public sealed record DayRootFacts(DateOnly Day, long Lines, string Hash);
