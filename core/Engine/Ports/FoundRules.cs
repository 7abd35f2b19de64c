using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>A symbol's rules and where they come from.</summary>
public sealed record FoundRules(SymbolRules Rules, RulesOrigin Origin);
