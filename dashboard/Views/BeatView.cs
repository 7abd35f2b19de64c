namespace FuturesBot.Dashboard;

/// <summary>The newest sign of life of a part of the system.</summary>
/// <param name="Component">Such as <c>market-events</c>.</param>
/// <param name="AtMs">Wall time, UTC Unix milliseconds.</param>
/// <param name="AgeSeconds">How long ago that was, wall time.</param>
/// <param name="Number">Of the last batch it took in; null where that means nothing.</param>
/// <param name="Behind">Batches that were published and not taken in; null where that means nothing.</param>
/// <param name="Agreement">agrees, differs or unknown: its ledger against the page's own computation; empty where there is none.</param>
/// <param name="Level">How it does.</param>
public sealed record BeatView(string Component, long AtMs, double AgeSeconds, long? Number, long? Behind, string Agreement, HealthLevel Level);
