using FuturesBot.Domain;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ingestion;

/// <summary>A followed symbol for which the exchange has other rules now.</summary>
/// <param name="Listing">With the new ones.</param>
/// <param name="Before">The old ones.</param>
public sealed record ChangedRules(SymbolListing Listing, SymbolRules Before)
{
    /// <summary>What has changed, for people: such as <c>tick 0.1 → 0.01</c>.</summary>
    public string Text
    {
        get
        {
            var (before, now) = (Before, Listing.Rules);
            (string Name, decimal Before, decimal Now)[] rules =
            [
                ("tick", before.TickSize, now.TickSize),
                ("step", before.StepSize, now.StepSize),
                ("least notional", before.MinNotional, now.MinNotional),
                ("least quantity", before.MinQuantity, now.MinQuantity),
                ("largest market order", before.MaxMarketQuantity, now.MaxMarketQuantity),
            ];
            return string.Join(", ", rules
                .Where(rule => rule.Before != rule.Now)
                .Select(rule => FormattableString.Invariant($"{rule.Name} {rule.Before} → {rule.Now}")));
        }
    }

    /// <summary>Those among the followed symbols; one that the exchange does not list any more keeps its rules.</summary>
    /// <param name="followed">With the rules that they are planned by.</param>
    /// <param name="change">The exchange's list.</param>
    public static IReadOnlyList<ChangedRules> Among(IEnumerable<SymbolListing> followed, UniverseChange change)
    {
        var listed = change.Followed.ToDictionary(symbol => symbol.Symbol, symbol => symbol.Rules);
        return [.. followed
            .Where(listing => listed.TryGetValue(listing.Symbol, out var rules) && rules != listing.Rules)
            .Select(listing => new ChangedRules(listing with { Rules = listed[listing.Symbol] }, listing.Rules))];
    }
}
