namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What the futures account may do. It is of the account; the key's own permissions may be fewer.</summary>
/// <param name="CanTrade">Orders.</param>
/// <param name="CanDeposit">Transfers in.</param>
/// <param name="CanWithdraw">Transfers out.</param>
/// <param name="HedgeMode">Long and short positions of one symbol at once.</param>
/// <param name="MultiAssets">Several assets as margin.</param>
/// <param name="FeeTier">0 is the highest fee.</param>
public readonly record struct AccountConfig(
    bool CanTrade, bool CanDeposit, bool CanWithdraw, bool HedgeMode, bool MultiAssets, int FeeTier);
