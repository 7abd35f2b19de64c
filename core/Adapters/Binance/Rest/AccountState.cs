namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>The futures account, quote units of USD value.</summary>
/// <param name="WalletBalance">Without open profit and loss.</param>
/// <param name="UnrealizedPnl">Of open positions.</param>
/// <param name="MarginBalance">Both together.</param>
/// <param name="InitialMargin">Bound by positions and orders.</param>
/// <param name="MaintenanceMargin">Below which the account is liquidated.</param>
/// <param name="AvailableBalance">For new orders.</param>
/// <param name="Assets">By asset.</param>
/// <param name="Positions">Those that are open or have open orders.</param>
public sealed record AccountState(
    decimal WalletBalance, decimal UnrealizedPnl, decimal MarginBalance, decimal InitialMargin, decimal MaintenanceMargin,
    decimal AvailableBalance, IReadOnlyList<AssetBalance> Assets, IReadOnlyList<AccountPosition> Positions);
