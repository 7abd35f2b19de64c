using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>What adding or removing a symbol by hand came to.</summary>
/// <param name="State">followed, loading, draining (something of it is open), left or excluded.</param>
/// <param name="Text">In words, with the reason.</param>
public sealed record SymbolChangeView(Symbol Symbol, string State, string Text);
