namespace FuturesBot.Engine.CloudCosts;

/// <summary>The mean hour of a month at a number of symbols: what is multiplied with prices.</summary>
public sealed record MeasuredHour
{
    public required int Symbols { get; init; }

    /// <summary>False beyond the smallest and the largest size that was measured.</summary>
    public required bool IsWithinMeasured { get; init; }

    /// <summary>Storage operations by service and kind, such as <c>blobs.write</c>: the sidecar's and the functions' own.</summary>
    public required IReadOnlyDictionary<string, double> Operations { get; init; }

    /// <summary>Closing times.</summary>
    public required double Closings { get; init; }

    /// <summary>
    /// Events of signals between two closing times, each of which wakes the kernel twice: with the crossing of a level and with the minute of
    /// it. Measured as events raised at closing times.
    /// </summary>
    public required double Wakes { get; init; }

    /// <summary>Batches of closing times: rows of the log; one message tells of all of a closing time.</summary>
    public required double Batches { get; init; }

    public required double BatchBytes { get; init; }

    /// <summary>Processor seconds of one closing, warm, and storage operations waited for.</summary>
    public required double WarmCpuPerClosing { get; init; }

    public required double WarmOperationsPerClosing { get; init; }

    /// <summary>The same of an instance that starts for it.</summary>
    public required double ColdCpuPerClosing { get; init; }

    public required double ColdOperationsPerClosing { get; init; }

    /// <summary>Executions by timers, and their processor seconds and storage operations.</summary>
    public required IReadOnlyList<MeasuredPeriodic> Timers { get; init; }

    public required double Starts { get; init; }

    public required double Events { get; init; }

    public required double Activities { get; init; }

    public required double DurableTimers { get; init; }

    public required double Commands { get; init; }

    public required double Spans { get; init; }

    public required double LedgerBytes { get; init; }

    public required double KernelBytes { get; init; }

    /// <summary>Processor seconds of the sidecar's share that was measured: streams are not in it.</summary>
    public required double SidecarCpuSeconds { get; init; }
}
