using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;

namespace FuturesBot.Adapters.Sessions;

/// <summary>What has to change about the followed symbols.</summary>
/// <param name="Ready">New ones, whose past is stored.</param>
/// <param name="Leaving">Those that are to leave once nothing of them lives.</param>
/// <param name="Changed">Those for which the exchange has other rules.</param>
/// <param name="Back">Those that were drained and are wanted again.</param>
/// <param name="LoadedToMs">Market time up to which the past of the new ones is stored, UTC, Unix milliseconds.</param>
public sealed record SymbolChanges(
    IReadOnlyList<SymbolListing> Ready, IReadOnlyList<Symbol> Leaving, IReadOnlyList<ChangedRules> Changed, IReadOnlyList<SymbolListing> Back, long LoadedToMs);
