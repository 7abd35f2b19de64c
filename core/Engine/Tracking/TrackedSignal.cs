namespace FuturesBot.Engine.Tracking;

/// <summary>The state of a signal's orchestration: small, and carried over when its history begins anew.</summary>
public sealed record TrackedSignal
{
    /// <summary>Most events that wait for their predecessor; one more drops the furthest ahead, and the signal waits for it until it is resent.</summary>
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

    /// <summary>How often in a row a deadline passed with nothing.</summary>
    public int Stalls { get; init; }

    public bool IsOver => Now.IsFinal;
}
