using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Sessions;

/// <summary>What adding or removing a symbol by hand came to.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="State">followed, loading, draining (something of it is open), left or excluded.</param>
/// <param name="Text">In words, with the reason.</param>
public sealed record SymbolChangeNote(Symbol Symbol, string State, string Text);
