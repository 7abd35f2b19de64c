using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>The symbols after a refresh.</summary>
/// <param name="Symbols">Those that may open something new: BTC first, then by ordinal.</param>
/// <param name="Added">Those of <paramref name="Symbols"/> that were not there before.</param>
/// <param name="Draining">
/// Those that left while something of theirs is open: followed to its end, nothing new is opened.
/// </param>
/// <param name="Left">Those that are followed no longer.</param>
/// <param name="Excluded">Why each other symbol of the exchange is not among <paramref name="Symbols"/>.</param>
public sealed record UniverseChange(
    IReadOnlyList<ExchangeSymbol> Symbols,
    IReadOnlyList<ExchangeSymbol> Added,
    IReadOnlyList<ExchangeSymbol> Draining,
    IReadOnlyList<Symbol> Left,
    IReadOnlyDictionary<Symbol, string> Excluded)
{
    /// <summary>Whose data are needed: those that trade and those that drain.</summary>
    public IEnumerable<ExchangeSymbol> Followed => Symbols.Concat(Draining);
}
