using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.CloudCosts;

/// <summary>
/// What no measurement on one machine can tell, because Azure does it by itself. Each is a number that somebody has to look up in a bill.
/// </summary>
public sealed record CostAssumptions
{
    /// <summary>A core of an instance does so much of what a core of the measuring machine did; below 1 it is slower.</summary>
    [Range(0.05, 10)] public double CoreSpeed { get; init; } = 1;

    /// <summary>How long a storage operation takes in Azure, in ms: it is waited for, and waiting is billed.</summary>
    [Range(0, 1000)] public double StorageLatencyMs { get; init; } = 10;

    /// <summary>How often the scale controller looks at the queue of batches, an hour; each look is an operation.</summary>
    [Range(0, 100_000)] public double ScalePollsPerHour { get; init; } = 360;

    /// <summary>How long an instance stays after its work, in s, and polls the queue of batches meanwhile.</summary>
    [Range(0, 3600)] public double InstanceLingerSeconds { get; init; } = 60;

    /// <summary>Between two polls of the queue by an instance, in s, as host.json says.</summary>
    [Range(0.1, 60)] public double HostPollSeconds { get; init; } = 2;

    /// <summary>Blobs that the functions' host writes for an execution of a timer: its state.</summary>
    [Range(0, 1000)] public double HostWritesPerTimer { get; init; } = 1;

    /// <summary>Other blob operations of the functions' host, an execution: leases and reads of locks and states.</summary>
    [Range(0, 1000)] public double HostOthersPerExecution { get; init; } = 6;

    /// <summary>Durable tasks over storage: table operations a turn of an orchestration.</summary>
    [Range(0, 1000)] public double DurableTableOperationsPerTurn { get; init; } = 3;

    /// <summary>Durable tasks over storage: queue operations a message: put, taken, deleted.</summary>
    [Range(0, 1000)] public double DurableQueueOperationsPerMessage { get; init; } = 3;

    /// <summary>Durable tasks over storage: queues that are polled, four of control and one of work.</summary>
    [Range(1, 64)] public double DurableQueues { get; init; } = 5;

    /// <summary>Durable tasks over storage: between two polls of a queue while nothing comes, in s.</summary>
    [Range(0.1, 600)] public double DurablePollSeconds { get; init; } = 10;

    /// <summary>Telemetry: bytes of a span with its attributes as it is billed.</summary>
    [Range(0, 100_000)] public double BytesPerSpan { get; init; } = 1_500;

    /// <summary>Telemetry: bytes of the host's records of an execution.</summary>
    [Range(0, 100_000)] public double BytesPerExecution { get; init; } = 2_500;

    /// <summary>Telemetry: bytes of metrics an hour, both processes, with their intervals of a minute.</summary>
    [Range(0, 1e9)] public double MetricBytesPerHour { get; init; } = 1_500_000;

    /// <summary>The sidecar's traffic through a static address, GB a month for each symbol: streams and history.</summary>
    [Range(0, 1000)] public double StreamGbPerSymbol { get; init; } = 0.5;
}
