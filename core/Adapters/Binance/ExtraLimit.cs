namespace FuturesBot.Adapters.Binance;

/// <summary>Limits that only some requests share, each by count, per 5 minutes and address (spec 3.3).</summary>
public enum ExtraLimit
{
    None,

    /// <summary>1,000 for <c>/futures/data/*</c>.</summary>
    FuturesData,

    /// <summary>500 for <c>fundingRate</c> and <c>fundingInfo</c> together.</summary>
    Funding,
}
