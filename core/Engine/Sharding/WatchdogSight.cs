namespace FuturesBot.Engine.Sharding;

/// <summary>What a <see cref="Watchdog"/> sees at one moment.</summary>
/// <param name="AtMs">Wall time, UTC, Unix milliseconds.</param>
/// <param name="Beats">The newest sign of life of each part.</param>
/// <param name="HeadNumber">Number of the last published batch; 0 before the first.</param>
/// <param name="Poison">Messages that could not be taken in, the newest first.</param>
/// <param name="Verdict">What the second computation says of the first.</param>
public sealed record WatchdogSight(
    long AtMs, IReadOnlyList<Beat> Beats, long HeadNumber, IReadOnlyList<PoisonMessage> Poison, FollowerVerdict Verdict);
