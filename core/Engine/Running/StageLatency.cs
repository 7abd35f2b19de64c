namespace FuturesBot.Engine.Running;

/// <summary>How long each leg of a candle's way takes while the market is followed, wall time.</summary>
public sealed class StageLatency
{
    /// <summary>From the event time of a closed candle to its arrival here.</summary>
    public LatencyHistogram Received { get; } = new();

    /// <summary>From the closing time to the decision on it: arrival, waiting for what is due, and computing.</summary>
    public LatencyHistogram Decided { get; } = new();

    /// <summary>Of that, the computing alone.</summary>
    public LatencyHistogram Computed { get; } = new();

    /// <summary>From the decision to its commit.</summary>
    public LatencyHistogram Committed { get; } = new();

    /// <summary>From the commit until everything in it is told.</summary>
    public LatencyHistogram Told { get; } = new();
}
