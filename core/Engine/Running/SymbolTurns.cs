using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;

namespace FuturesBot.Engine.Running;

/// <summary>What has to become of the symbols that a kernel has, when another list of those that are wanted is there.</summary>
/// <param name="Leaving">Those that are to leave: something of one may be open, then it is drained, and asked for again once that has ended.</param>
/// <param name="Back">Those that were drained and are wanted again: they begin anew, once nothing of them is open.</param>
public sealed record SymbolTurns(IReadOnlyList<Symbol> Leaving, IReadOnlyList<SymbolListing> Back)
{
    /// <param name="followed">The kernel.</param>
    /// <param name="change">The list.</param>
    public static SymbolTurns Of(IFollowed followed, UniverseChange change)
    {
        var (busy, draining) = (followed.Busy, followed.Draining);
        var wanted = change.Symbols.ToDictionary(symbol => symbol.Symbol, symbol => symbol.Rules);
        return new(
            [
                .. followed.Listings.Select(listing => listing.Symbol)
                    .Where(symbol => !wanted.ContainsKey(symbol) && (!draining.Contains(symbol) || !busy.Contains(symbol))),
            ],
            [
                .. followed.Listings.Where(listing => draining.Contains(listing.Symbol) && !busy.Contains(listing.Symbol) && wanted.ContainsKey(listing.Symbol))
                    .Select(listing => listing with { Rules = wanted[listing.Symbol] }),
            ]);
    }
}
