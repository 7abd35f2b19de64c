namespace FuturesBot.Engine.Sharding;

/// <summary>When a part of the system counts as stopped. All spans are wall time.</summary>
public sealed record WatchdogOptions
{
    /// <summary>Parts that must give a sign of life by themselves.</summary>
    public IReadOnlyList<string> Beating { get; init; } = ["timers", "orchestrations"];

    /// <summary>The part that takes batches in, and gives a sign of life with each.</summary>
    public string Taker { get; init; } = "market-events";

    /// <summary>
    /// A sign of life may be this old. They come with the timer after each close of 15 minutes, and a first message was seen to wait two
    /// minutes for its instance: what misses one is noticed five minutes after it was due.
    /// </summary>
    public TimeSpan BeatMax { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>A part that was never seen may take this long to come up: the next quarter of an hour, and ten minutes for a deployment.</summary>
    public TimeSpan FirstBeatMax { get; init; } = TimeSpan.FromMinutes(25);

    /// <summary>A published batch may wait this long to be taken in.</summary>
    public TimeSpan BehindMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Trouble that lasts is told again after this.</summary>
    public TimeSpan AgainAfter { get; init; } = TimeSpan.FromHours(1);
}
