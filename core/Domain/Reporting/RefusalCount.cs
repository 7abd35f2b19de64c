namespace FuturesBot.Domain.Reporting;

/// <summary>How many signals one reason refused.</summary>
/// <param name="Example">One of them; null when none was kept.</param>
public sealed record RefusalCount(string Reason, int Count, RefusalExample? Example = null);
