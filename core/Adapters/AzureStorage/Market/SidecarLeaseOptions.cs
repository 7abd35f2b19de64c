namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// How the active process is found. With the defaults a second one holds the lease at most 27 s after the first was killed, which leaves
/// the rest of half a minute for taking the market over.
/// </summary>
public sealed record SidecarLeaseOptions
{
    /// <summary>How long a lease outlives its holder: 15 to 60 s, which is what the service takes.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(26);

    /// <summary>
    /// It is renewed so often; what fails is tried again with <see cref="TryEvery"/> for the rest of its time, 9 s. Each is a transaction: 5,760
    /// a day.
    /// </summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whoever waits for it asks so often.</summary>
    public TimeSpan TryEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>So long before its end, as counted here, it is given up when it could not be renewed.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);
}
