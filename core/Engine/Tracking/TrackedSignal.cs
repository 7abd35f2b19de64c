namespace FuturesBot.Engine.Tracking;

/// <summary>The state of a signal's orchestration: small, and carried over when its history begins anew.</summary>
public sealed record TrackedSignal
{
    /// <summary>
    /// Most moves that wait for their predecessor. One more makes what is missing be read from the store; only where it is not there either
    /// the furthest ahead is dropped, and read when the deadline passes.
    /// </summary>
    public const int EarlyMax = 16;

    /// <summary>Most ids remembered against doubles. Moves are known by their version; this is for the rest.</summary>
    public const int SeenMax = 64;

    /// <summary>The signal as last told; version 0 and no levels before the first move.</summary>
    public required SignalView Now { get; init; }

    /// <summary>Levels that the price has reached, the last last.</summary>
    public IReadOnlyList<TrackingEvent.Crossed> Crossings { get; init; } = [];

    /// <summary>Moves that came before their predecessor, by version.</summary>
    public IReadOnlyList<TrackingEvent.Moved> Early { get; init; } = [];

    /// <summary>Ids of events that were taken in, the newest last.</summary>
    public IReadOnlyList<string> Seen { get; init; } = [];

    /// <summary>Moment by which something must have come, market time, UTC, Unix milliseconds.</summary>
    public required long DeadlineMs { get; init; }

    /// <summary>Market time at which the deadline was set: it lies <see cref="WaitMs"/> behind it.</summary>
    public long SinceMs { get; init; }

    /// <summary>How long after the last news something must come, milliseconds of market time; never negative.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long WaitMs => Math.Max(0, DeadlineMs - SinceMs);

    /// <summary>How often in a row a deadline passed with nothing.</summary>
    public int Stalls { get; init; }

    public bool IsOver => Now.IsFinal;
}
