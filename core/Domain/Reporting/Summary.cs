namespace FuturesBot.Domain.Reporting;

/// <summary>The content of <c>summary.json</c>; written by <see cref="SummaryJson"/>.</summary>
public sealed record Summary(RunFacts Facts, PerformancePanel Panel);
