namespace FuturesBot.Engine.CloudCosts;

/// <summary>What happens by the clock, whatever closes.</summary>
public sealed record MeasuredPeriodic
{
    public required string Name { get; init; }

    /// <summary>An execution of a function; false: of the sidecar.</summary>
    public required bool IsFunction { get; init; }

    /// <summary>The functions' host keeps a state of it, so that one that was missed is caught up.</summary>
    public bool IsWatched { get; init; }

    /// <summary>How often an hour.</summary>
    public required double PerHour { get; init; }

    /// <summary>Storage operations of one.</summary>
    public required IReadOnlyDictionary<string, double> Operations { get; init; }

    /// <summary>Processor seconds of one in a process that has just started; 0 of the sidecar.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>Messages to the sidecar that come of one.</summary>
    public double Commands { get; init; }
}
