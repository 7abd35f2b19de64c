using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>A position near its liquidation. What was not sent is null.</summary>
/// <param name="Symbol">Of what (<c>s</c>).</param>
/// <param name="Side">Which one (<c>ps</c>).</param>
/// <param name="Quantity">Base units, negative when short (<c>pa</c>).</param>
/// <param name="MarkPrice">Quote units (<c>mp</c>).</param>
/// <param name="UnrealizedProfit">Quote units (<c>up</c>).</param>
/// <param name="MaintenanceMargin">Quote units that it needs (<c>mm</c>).</param>
public sealed record MarginPosition(
    Symbol Symbol, PositionSide Side, decimal Quantity, decimal? MarkPrice, decimal? UnrealizedProfit, decimal? MaintenanceMargin);
