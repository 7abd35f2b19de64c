using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;

namespace FuturesBot.Engine.Running;

/// <summary>What has to become of the symbols that a kernel has, when another list of those that are wanted is there.</summary>
/// <param name="Leaving">Those that are to leave: something of one may be open, then it is drained, and asked for again once that has ended.</param>
/// <param name="Back">Those that were drained and are wanted again: they begin anew, once nothing of them is open.</param>
public sealed record SymbolTurns(IReadOnlyList<Symbol> Leaving, IReadOnlyList<SymbolListing> Back)
{
    /// <param name="pipeline">The kernel; whoever reads it holds its gate.</param>
    /// <param name="change">The list.</param>
    public static SymbolTurns Of(Pipeline pipeline, UniverseChange change)
    {
        var wanted = change.Symbols.ToDictionary(symbol => symbol.Symbol, symbol => symbol.Rules);
        return new(
            [.. pipeline.Desks.Where(desk => !wanted.ContainsKey(desk.Symbol) && (!desk.IsDraining || desk.Live.Count == 0)).Select(desk => desk.Symbol)],
            [
                .. pipeline.Desks.Where(desk => desk.IsDraining && desk.Live.Count == 0 && wanted.ContainsKey(desk.Symbol))
                    .Select(desk => desk.Listing with { Rules = wanted[desk.Symbol] }),
            ]);
    }
}
