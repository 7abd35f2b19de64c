namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// How the active process is found. With the defaults a second one holds the lease at most 21 s after the first was killed, which leaves
/// the rest of half a minute for taking the market over.
/// </summary>
public sealed record SidecarLeaseOptions
{
    /// <summary>How long a lease outlives its holder: others break it after such a silence.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Its holder shows so often that it lives; what fails is tried again with <see cref="TryEvery"/> for the rest of its time, 10 s. Each is a
    /// transaction of a table: 10,800 a day.
    /// </summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Whoever waits for it asks so often.</summary>
    public TimeSpan TryEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>So long before its end, as counted here, it is given up when no sign of life could be given.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);
}
