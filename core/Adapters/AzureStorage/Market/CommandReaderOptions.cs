namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>How the command queue is read. A poll is a transaction: 30 s idle are 2,880 a day.</summary>
public sealed record CommandReaderOptions
{
    /// <summary>Between two polls while commands come.</summary>
    public TimeSpan PollMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two polls after a while without any; each empty poll doubles the wait up to here.</summary>
    public TimeSpan PollMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A command that is being carried out is hidden from others for so long, and again at half of it.</summary>
    public TimeSpan Hidden { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tries before a command goes to the shelf.</summary>
    public int TriesMax { get; init; } = 5;

    /// <summary>After a try that failed it is hidden for so long, doubled with each try.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
