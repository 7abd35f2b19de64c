namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>A balance after a change.</summary>
/// <param name="Asset">Such as <c>USDT</c> (<c>a</c>).</param>
/// <param name="Wallet">Units of the asset (<c>wb</c>).</param>
/// <param name="CrossWallet">Without what isolated positions hold (<c>cw</c>); null when not sent.</param>
/// <param name="Change">Except by profit and commission (<c>bc</c>); null when not sent.</param>
public sealed record BalanceUpdate(string Asset, decimal Wallet, decimal? CrossWallet, decimal? Change);
