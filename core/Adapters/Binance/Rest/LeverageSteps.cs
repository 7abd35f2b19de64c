using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>The leverage table of a symbol.</summary>
public sealed record LeverageSteps(Symbol Symbol, IReadOnlyList<LeverageStep> Steps);
