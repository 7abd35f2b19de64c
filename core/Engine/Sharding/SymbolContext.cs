using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Sharding;

/// <summary>Order book, open interest and funding of a symbol as they were known at a closing time.</summary>
public readonly record struct SymbolContext(Symbol Symbol, MarketContext Context);
