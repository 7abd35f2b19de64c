namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Which price triggers a conditional order (<c>workingType</c>).</summary>
public enum TriggerPriceKind
{
    MarkPrice,
    ContractPrice,
}
