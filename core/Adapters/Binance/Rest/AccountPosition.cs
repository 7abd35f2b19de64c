using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A position as the account lists it.</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="PositionSide">Which.</param>
/// <param name="Amount">Base units, negative when short.</param>
/// <param name="UnrealizedPnl">Quote units.</param>
/// <param name="Notional">Quote units, negative when short.</param>
public readonly record struct AccountPosition(
    Symbol Symbol, PositionSide PositionSide, decimal Amount, decimal UnrealizedPnl, decimal Notional);
