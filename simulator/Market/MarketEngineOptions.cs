namespace FuturesBot.Simulator.Market;

/// <summary>How a <see cref="MarketEngine"/> begins and what it keeps.</summary>
public sealed record MarketEngineOptions
{
    /// <summary>Market time to begin at, Unix milliseconds: the minutes before it become history at once. Null for the source's own beginning.</summary>
    public long? StartAtMs { get; init; }

    /// <summary>Days of minutes that are kept per symbol, 2 to 3,650; 92 kB a day each. Candles of a day and longer stay for good.</summary>
    public int DaysKept { get; init; } = 64;
}
