namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>How the command queue is read.</summary>
public sealed record CommandReaderOptions
{
    /// <summary>Between two looks whether somebody has rung; each reads a row: 3 s are 28,800 a day.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between two looks into the queue itself while nobody rings.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>A command that is being carried out is hidden from others for so long, and again at half of it.</summary>
    public TimeSpan Hidden { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tries before a command goes to the shelf.</summary>
    public int TriesMax { get; init; } = 5;

    /// <summary>After a try that failed it is hidden for so long, doubled with each try.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
