namespace FuturesBot.Engine.CloudCosts;

/// <summary>What was measured with one number of symbols.</summary>
public sealed record MeasuredSize
{
    public required int Symbols { get; init; }

    /// <summary>Bytes of the kernel's state, which every commit writes.</summary>
    public double KernelBytes { get; init; }

    /// <summary>
    /// Processor seconds of a process that starts with nothing, reads the state back and takes one closing of 15m in, just-in-time
    /// compilation included; the functions' host is not in it.
    /// </summary>
    public double ColdCpuSeconds { get; init; }

    /// <summary>Storage operations of that process.</summary>
    public IReadOnlyDictionary<string, double> ColdOperations { get; init; } = new Dictionary<string, double>();

    /// <summary>Its peak of memory in MiB.</summary>
    public double ColdPeakMib { get; init; }

    /// <summary>One of each kind.</summary>
    public required IReadOnlyList<MeasuredClosing> Closings { get; init; }

    /// <summary>Operations of the whole first hour by service and kind, both sides: what a test counts again.</summary>
    public IReadOnlyDictionary<string, double> FirstHour { get; init; } = new Dictionary<string, double>();
}
