using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A position as the exchange tells of it (<c>positionRisk</c> v3: those that are open or have open orders).</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="PositionSide">Which.</param>
/// <param name="Amount">Base units, negative when short.</param>
/// <param name="EntryPrice">Quote units.</param>
/// <param name="BreakEvenPrice">With fees; null when not sent.</param>
/// <param name="MarkPrice">Quote units.</param>
/// <param name="UnrealizedPnl">Quote units.</param>
/// <param name="LiquidationPrice">Null when there is none, or it is not sent.</param>
/// <param name="Notional">Quote units, negative when short.</param>
/// <param name="InitialMargin">Quote units; null when not sent.</param>
/// <param name="MaintenanceMargin">Quote units; null when not sent.</param>
/// <param name="IsolatedMargin">Quote units, 0 when cross; null when not sent.</param>
/// <param name="UpdateMs">UTC, Unix milliseconds.</param>
public sealed record PositionState(
    Symbol Symbol, PositionSide PositionSide, decimal Amount, decimal EntryPrice, decimal? BreakEvenPrice, decimal MarkPrice,
    decimal UnrealizedPnl, decimal? LiquidationPrice, decimal Notional, decimal? InitialMargin, decimal? MaintenanceMargin,
    decimal? IsolatedMargin, long UpdateMs);
