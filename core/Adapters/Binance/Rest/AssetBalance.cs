namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>One asset of the futures account, in its own units.</summary>
public readonly record struct AssetBalance(
    string Asset, decimal WalletBalance, decimal CrossWalletBalance, decimal CrossUnrealizedPnl, decimal AvailableBalance);
