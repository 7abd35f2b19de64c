namespace FuturesBot.Dashboard;

/// <summary>The newest sign of life of a part of the system.</summary>
/// <param name="Component">Such as <c>market-events</c>.</param>
/// <param name="AtMs">Wall time, UTC Unix milliseconds; null when it has given none.</param>
/// <param name="AgeSeconds">How long ago that was, wall time; NaN when it has given none.</param>
/// <param name="LimitSeconds">After so long it counts as silent; null where only what waits for it tells.</param>
/// <param name="Number">Of the last batch it took in; null where that means nothing.</param>
/// <param name="Behind">Batches that were published and not taken in; null where that means nothing.</param>
/// <param name="Agreement">agrees, differs or unknown: its ledger against the page's own computation; empty where there is none.</param>
/// <param name="Says">What it adds in words; empty when nothing.</param>
/// <param name="State">What that comes to.</param>
/// <param name="Level">How it does.</param>
public sealed record BeatView(
    string Component, long? AtMs, double AgeSeconds, double? LimitSeconds, long? Number, long? Behind, string Agreement, string Says,
    PartState State, HealthLevel Level);
