namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What an error says of the request's fate.</summary>
public enum ErrorFate
{
    /// <summary>Refused for good: the same request again would be refused again.</summary>
    Rejected,

    /// <summary>Certainly not carried out; later it may be.</summary>
    NotExecuted,

    /// <summary>Nobody knows: ask for the order before anything else (spec 2.12).</summary>
    Unknown,
}
