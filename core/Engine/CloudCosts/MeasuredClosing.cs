namespace FuturesBot.Engine.CloudCosts;

/// <summary>One closing time as it was measured: the mean of several of its kind.</summary>
public sealed record MeasuredClosing
{
    /// <summary>The longest frame that closes: <c>15m</c>, <c>1h</c>, <c>4h</c>, <c>1d</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How many were measured.</summary>
    public required int Count { get; init; }

    /// <summary>Batches published, which are queue messages and executions.</summary>
    public double Batches { get; init; }

    /// <summary>Bytes of these batches.</summary>
    public double BatchBytes { get; init; }

    /// <summary>Messages to the sidecar that came of it.</summary>
    public double Commands { get; init; }

    /// <summary>Storage operations of the sidecar, by service and kind, such as <c>tables.transaction</c>.</summary>
    public IReadOnlyDictionary<string, double> SidecarOperations { get; init; } = new Dictionary<string, double>();

    /// <summary>Storage operations of the function, warm.</summary>
    public IReadOnlyDictionary<string, double> FunctionOperations { get; init; } = new Dictionary<string, double>();

    /// <summary>Processor seconds of the sidecar's share: storing and publishing. Streams are not in it.</summary>
    public double SidecarCpuSeconds { get; init; }

    /// <summary>Processor seconds of the function, warm, all its batches.</summary>
    public double FunctionCpuSeconds { get; init; }

    /// <summary>Wall seconds of the function on the measuring machine, over Azurite: for comparison alone.</summary>
    public double FunctionWallSeconds { get; init; }

    /// <summary>Orchestrations started.</summary>
    public double Starts { get; init; }

    /// <summary>Events raised.</summary>
    public double Events { get; init; }

    /// <summary>Activities: effects carried out.</summary>
    public double Activities { get; init; }

    /// <summary>Durable timers set.</summary>
    public double Timers { get; init; }

    /// <summary>Spans of telemetry ended.</summary>
    public double Spans { get; init; }

    /// <summary>Bytes that the ledger grew by.</summary>
    public double LedgerBytes { get; init; }
}
