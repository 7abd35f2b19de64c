using FuturesBot.Domain.Market;

namespace FuturesBot.Domain;

/// <summary>A symbol that the kernel watches.</summary>
/// <param name="BaseFrame">The shortest frame that decisions stand on: 15m, or a longer one where only that is recorded.</param>
public sealed record SymbolListing(Symbol Symbol, SymbolRules Rules, TimeFrame BaseFrame = TimeFrame.M15);
