namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What the keys may do, as far as the exchange tells. Null is: it does not tell.</summary>
/// <param name="CanReadFutures">A signed read of the futures account was answered.</param>
/// <param name="CanTradeFutures">Futures orders are allowed to the key, or else the account.</param>
/// <param name="CanWithdraw">Withdrawals are allowed to the key: such keys are refused.</param>
/// <param name="IpRestricted">The key works from listed addresses only.</param>
/// <param name="Findings">What was asked and could not be had, a sentence each.</param>
public sealed record KeyPermissions(
    bool CanReadFutures, bool? CanTradeFutures, bool? CanWithdraw, bool? IpRestricted, IReadOnlyList<string> Findings)
{
    /// <summary>Keys that can withdraw are never used, nor those that cannot even read.</summary>
    public bool Usable => CanReadFutures && CanWithdraw is not true;
}
