namespace FuturesBot.Engine.Running;

/// <summary>How long a live feed waits for candles. All spans are wall time.</summary>
public sealed record ExchangeFeedOptions
{
    /// <summary>After its close a candle that no stream has told is asked for by request.</summary>
    public TimeSpan AskAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>No decision waits longer than this for a candle; it is missing then (spec 2.17, Boundary).</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A request for missing candles that failed is made again after this.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests for missing candles at the same time.</summary>
    public int RequestsAtOnce { get; init; } = 8;
}
