using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>A job as it stands at one moment.</summary>
/// <param name="Number">From 1, in the order of queueing.</param>
/// <param name="Kind">What is wanted.</param>
/// <param name="Series">Of these.</param>
/// <param name="FromMs">First open time, market time.</param>
/// <param name="ToMs">End of the range, not included.</param>
/// <param name="Expected">Candles in the range, of all series.</param>
/// <param name="QueuedAtMs">Wall time.</param>
public sealed record DataJob(
    long Number, DataJobKind Kind, IReadOnlyList<SeriesInfo> Series, long FromMs, long ToMs, long Expected, long QueuedAtMs)
{
    public DataJobState State { get; init; } = DataJobState.Queued;

    /// <summary>Candles of the range that were looked at.</summary>
    public long Looked { get; init; }

    /// <summary>Candles that were missing and are stored now.</summary>
    public long Added { get; init; }

    /// <summary>Candles looked at that are not there after all: not traded yet, or the exchange lacks them.</summary>
    public long Missing { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Fault { get; init; }

    /// <summary>Wall time; null before it.</summary>
    public long? StartedAtMs { get; init; }

    /// <summary>Wall time; null before it.</summary>
    public long? EndedAtMs { get; init; }

    public double Progress => State == DataJobState.Done ? 1 : Expected == 0 ? 0 : Looked / (double)Expected;
}
