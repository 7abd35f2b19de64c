namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What became of a request that moves orders.</summary>
public abstract record OrderOutcome<T>
{
    private OrderOutcome()
    {
    }

    /// <summary>The exchange took it.</summary>
    public sealed record Accepted(T Item) : OrderOutcome<T>;

    /// <summary>The exchange refused it; the same again would be refused again.</summary>
    public sealed record Rejected(RestError Error) : OrderOutcome<T>;

    /// <summary>It was certainly not carried out, and the repeats that are allowed are used up.</summary>
    public sealed record NotExecuted(RestError Error) : OrderOutcome<T>;

    /// <summary>Nobody knows. It must not be sent again before the order was asked for (spec 2.12).</summary>
    public sealed record Unknown(RestError Error) : OrderOutcome<T>;
}
