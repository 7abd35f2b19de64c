namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What the exchange answers when a conditional order is cancelled.</summary>
public readonly record struct AlgoOrderReceipt(long AlgoId, string ClientId);
