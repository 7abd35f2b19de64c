namespace FuturesBot.Dashboard;

/// <summary>One run. Times are wall times unless a name says market.</summary>
/// <param name="Place">Runs before it in the queue; null when it does not wait.</param>
/// <param name="Progress">0–1; NaN before it is known.</param>
/// <param name="MarketTimeMs">Closing time that was decided last; null before the first.</param>
/// <param name="CandlesPerSecond">NaN before it is known.</param>
/// <param name="SecondsLeft">An estimate from the pace so far; NaN before it is known.</param>
/// <param name="Error">Why it failed or ended early; null when it did not.</param>
/// <param name="Bytes">Space that its results take.</param>
public sealed record BacktestView(
    string Id, BacktestState State, string User, BacktestOrder Order, long QueuedAtMs, long? StartedAtMs, long? EndedAtMs,
    int? Place, double Progress, long? MarketTimeMs, long Candles, int Trades, double CandlesPerSecond, double SecondsLeft,
    string? Error, long Bytes)
{
    /// <summary>It was computed elsewhere: what is kept of it are figures and trades.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>The statistics and the trades are there.</summary>
    public bool HasResults => State == BacktestState.Done;

    /// <summary>The report is there too.</summary>
    public bool HasReport => HasResults && !IsElsewhere;
}
