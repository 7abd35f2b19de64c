namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>An answer of status 2xx, or why there is none.</summary>
internal abstract record RestResult
{
    private RestResult()
    {
    }

    /// <param name="Body">As it came, unpacked.</param>
    /// <param name="SentMs">Market time at which the request left: the answer cannot be older.</param>
    public sealed record Answered(byte[] Body, long SentMs) : RestResult;

    /// <param name="Error">Why.</param>
    public sealed record Failed(RestError Error) : RestResult;
}
