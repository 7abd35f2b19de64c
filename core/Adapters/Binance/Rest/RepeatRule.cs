namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Whether a request may be sent again when nobody knows what became of it.</summary>
public enum RepeatRule
{
    /// <summary>It changes nothing, or the second time nothing more: repeated with back-off.</summary>
    Safe,

    /// <summary>It moves orders: repeated only when it is certain that the first was not carried out.</summary>
    OnlyIfNotExecuted,
}
