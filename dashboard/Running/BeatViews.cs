using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Dashboard.Running;

/// <summary>Signs of life as the page shows them: each part that there should be, whether it gave one or not. Pure.</summary>
/// <remarks>By the bounds of the watchdog, but without its memory: a process that stands by does not watch, and shows the same.</remarks>
public static class BeatViews
{
    /// <summary>The part that holds the market.</summary>
    public const string Holder = "sidecar";

    /// <summary>What would take the market over.</summary>
    public const string Standby = "sidecar-standby";

    // These look after the others every half minute, and say so.
    private static readonly TimeSpan WatcherMax = TimeSpan.FromSeconds(90);

    /// <param name="beats">The newest of each part.</param>
    /// <param name="options">When a part counts as stopped.</param>
    /// <param name="verdict">What the second computation says of the first.</param>
    /// <param name="headNumber">
    /// Number of the last published batch when the beats were read, 0 before the first; null when they were not read yet.
    /// </param>
    /// <param name="waitsSinceMs">When the oldest batch that was not taken in was seen first; null when none waits.</param>
    /// <param name="sinceMs">Wall time since which somebody looks, UTC, Unix milliseconds.</param>
    /// <param name="nowMs">Now.</param>
    public static IReadOnlyList<BeatView> Of(
        IReadOnlyList<Beat> beats, WatchdogOptions options, FollowerVerdict verdict, long? headNumber, long? waitsSinceMs, long sinceMs,
        long nowMs)
    {
        string[] expected = [Holder, options.Taker, .. options.Beating];
        return
        [
            .. expected.Concat(beats.Select(beat => beat.Component).Where(name => !expected.Contains(name)).Order(StringComparer.Ordinal))
                .Select(name => View(name, beats.FirstOrDefault(beat => beat.Component == name))),
        ];

        BeatView View(string name, Beat? beat)
        {
            var age = beat is null ? double.NaN : Math.Max(0, nowMs - beat.AtMs) / 1000.0;
            var isTaker = name == options.Taker;
            long? behind = isTaker && headNumber is { } head ? Math.Max(0, head - (beat?.Number ?? 0)) : null;
            // Only its batches make the taker speak: without one it may be silent for as long as the market is.
            double? limit = isTaker ? null : (name is Holder or Standby ? WatcherMax : options.BeatMax).TotalSeconds;
            var state = isTaker && verdict == FollowerVerdict.Differs ? PartState.Differs
                : isTaker && waitsSinceMs is { } waits && Since(waits) > options.BehindMax.TotalSeconds ? PartState.Behind
                : isTaker ? beat is null ? PartState.NotSeen : PartState.Working
                : beat is null ? Since(sinceMs) > options.FirstBeatMax.TotalSeconds ? PartState.Silent : PartState.NotSeen
                : age <= limit ? PartState.Working
                : expected.Contains(name) ? PartState.Silent
                : PartState.Away;
            return new(
                name, beat?.AtMs, age, limit, beat?.Number > 0 ? beat.Number : null, behind,
                isTaker ? verdict.ToString().ToLowerInvariant() : "", beat is null || IsHash(beat.Note) ? "" : beat.Note, state,
                state switch
                {
                    PartState.Working or PartState.Away => HealthLevel.Ok,
                    PartState.NotSeen => HealthLevel.Warn,
                    _ => HealthLevel.Crit,
                });
        }

        double Since(long ms) => (nowMs - ms) / 1000.0;
    }

    private static bool IsHash(string note) => note.Length == LedgerPosition.Start.Hash.Length;
}
