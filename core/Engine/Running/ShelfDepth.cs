namespace FuturesBot.Engine.Running;

/// <summary>How many of the newest closed candles a run keeps in memory of each series, 72 bytes each.</summary>
/// <param name="Candles">Of every frame; a chart shows no more.</param>
/// <param name="Hours">Of 1h, where more are needed than a chart shows: correlations look 30 days back.</param>
public readonly record struct ShelfDepth(int Candles, int Hours)
{
    /// <summary>A process of its own, with memory to spare: a chart of minutes is a day long.</summary>
    public static ShelfDepth Full { get; } = new(1_500, 1_500);

    /// <summary>A kernel without a page: a day of hours and the last price.</summary>
    public static ShelfDepth Bare { get; } = new(16, 25);
}
