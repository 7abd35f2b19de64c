using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.CloudCosts;

/// <summary>
/// What no measurement of this system on one machine can tell, because Azure does it by itself. Each is a number that somebody has to look
/// up in a bill; where it comes from stands beside it. Those that host.json decides are held against it by a test.
/// </summary>
public sealed record CostAssumptions
{
    /// <summary>A core of an instance does so much of what a core of the measuring machine did; below 1 it is slower.</summary>
    /// <remarks>Source: none; a shared core of a server of 2023 and later is taken to be alike.</remarks>
    [Range(0.05, 10)] public double CoreSpeed { get; init; } = 1;

    /// <summary>How long a storage operation takes in Azure, in ms: it is waited for, and waiting is billed.</summary>
    /// <remarks>Source: none; a few ms in one region are usual, blobs of tens of MB take longer.</remarks>
    [Range(0, 1000)] public double StorageLatencyMs { get; init; } = 10;

    /// <summary>How often the scale controller looks at each queue that something waits for, an hour.</summary>
    /// <remarks>
    /// Source: "once every 10 seconds", not to be configured, on Consumption and Premium (Microsoft Learn, Azure Storage provider of Durable
    /// Functions, 14 Jan 2026; azure-functions-durable-extension 391, 25 Aug 2026). Nothing was found about Flex, where the first message
    /// was seen to wait up to two minutes (azure-functions-dotnet-worker 2902, Dec 2024): it may look less often.
    /// </remarks>
    [Range(0, 100_000)] public double ScalePollsPerHour { get; init; } = 360;

    /// <summary>Queue operations of one look at the queue of batches while it is empty.</summary>
    /// <remarks>Source: counted on Azurite, QueueMetricsProvider of Microsoft.Azure.WebJobs.Extensions.Storage.Queues 5.3.10: the properties.</remarks>
    [Range(0, 100)] public double ScaleOperationsPerLook { get; init; } = 1;

    /// <summary>Durable tasks over storage: queue operations of one look at one of their queues while it is empty.</summary>
    /// <remarks>
    /// Source: counted on Azurite, DisconnectedPerformanceMonitor of Microsoft.Azure.DurableTask.AzureStorage 2.11.2: a peek and the properties.
    /// A bill of three idle days with 17 queues (azure-functions-durable-extension 1651, Feb 2021: 0.23 to 0.25 USD, an idle instance's own
    /// polls included) comes to 1 of them.
    /// </remarks>
    [Range(0, 100)] public double DurableScaleOperationsPerQueue { get; init; } = 2;

    /// <summary>Durable tasks over storage: table operations of one look, at the partitions.</summary>
    /// <remarks>Source: as the former.</remarks>
    [Range(0, 100)] public double DurableScaleTableOperations { get; init; } = 2;

    /// <summary>How long an instance stays from the moment that its last work arrived, in s; meanwhile it polls, and keeps its locks.</summary>
    /// <remarks>
    /// Source: "anything beyond 30 seconds could have the Flex Consumption app scaled back to zero" (azure-functions-host 10706, 14 Jan 2025);
    /// twice that, the work itself included.
    /// </remarks>
    [Range(0, 3600)] public double InstanceLingerSeconds { get; init; } = 60;

    /// <summary>Between two polls of the queue of batches by an instance, in s.</summary>
    /// <remarks>Source: host.json, extensions.queues.maxPollingInterval; it grows from 0.1 s up to it.</remarks>
    [Range(0.1, 60)] public double HostPollSeconds { get; init; } = 4;

    /// <summary>Polls of the queue of batches that a message makes come before they become that rare.</summary>
    /// <remarks>
    /// Source: the wait begins at 0.1 s and doubles (Microsoft Learn, queue trigger, maxPollingInterval, 2026): six polls in the first 6.3 s,
    /// where there would be 1.6.
    /// </remarks>
    [Range(0, 100)] public double HostPollsPerMessage { get; init; } = 4.4;

    /// <summary>Blobs that the functions' host writes for an execution of a timer that it watches: its state.</summary>
    /// <remarks>Source: the timer trigger's UseMonitor (Microsoft Learn, 2026): one that is not watched has no state.</remarks>
    [Range(0, 1000)] public double HostWritesPerTimer { get; init; } = 1;

    /// <summary>Blob operations of the functions' host when an instance starts and ends: package, keys, identity, locks taken and given back.</summary>
    /// <remarks>Source: none that counts them; two or three of each.</remarks>
    [Range(0, 1000)] public double HostOperationsPerStart { get; init; } = 12;

    /// <summary>Between two renewals of the host's lock by an instance, in s.</summary>
    /// <remarks>Source: storage logs of a Flex app (azure-functions-host 11930, 19 Aug 2026).</remarks>
    [Range(1, 3600)] public double HostLeaseSeconds { get; init; } = 12;

    /// <summary>Durable tasks over storage: table operations a message.</summary>
    /// <remarks>Source: counted on Azurite, DurableTask.AzureStorage 2.11.2, ten orchestrations of three events and four activities: 270 for 120.</remarks>
    [Range(0, 1000)] public double DurableTableOperationsPerMessage { get; init; } = 2.3;

    /// <summary>Durable tasks over storage: queue operations a message: put, taken, deleted, and looked for again at once.</summary>
    /// <remarks>Source: as the former: 456 for 120.</remarks>
    [Range(0, 1000)] public double DurableQueueOperationsPerMessage { get; init; } = 3.8;

    /// <summary>Durable tasks over storage: queues, one of control a partition and one of work.</summary>
    /// <remarks>Source: host.json, durableTask.storageProvider.partitionCount.</remarks>
    [Range(1, 64)] public double DurableQueues { get; init; } = 2;

    /// <summary>Durable tasks over storage: between two polls of a queue by an instance while nothing comes, in s.</summary>
    /// <remarks>Source: host.json, durableTask.storageProvider.maxQueuePollingInterval; counted on Azurite: 12.5 a minute with 5 s.</remarks>
    [Range(0.1, 600)] public double DurablePollSeconds { get; init; } = 5;

    /// <summary>Durable tasks over storage: queue operations of an instance that starts, before its polls become rare.</summary>
    /// <remarks>Source: counted on Azurite, as the former.</remarks>
    [Range(0, 1000)] public double DurableOperationsPerStart { get; init; } = 11;

    /// <summary>Telemetry: bytes of a span with its attributes as it is billed.</summary>
    /// <remarks>Source: none.</remarks>
    [Range(0, 100_000)] public double BytesPerSpan { get; init; } = 1_500;

    /// <summary>Telemetry: bytes of the host's records of an execution.</summary>
    /// <remarks>Source: none.</remarks>
    [Range(0, 100_000)] public double BytesPerExecution { get; init; } = 2_500;

    /// <summary>Telemetry: bytes of metrics an hour, both processes, with their intervals of a minute.</summary>
    /// <remarks>Source: none.</remarks>
    [Range(0, 1e9)] public double MetricBytesPerHour { get; init; } = 1_500_000;

    /// <summary>The sidecar's traffic through a static address, GB a month for each symbol: streams and history.</summary>
    /// <remarks>Source: none.</remarks>
    [Range(0, 1000)] public double StreamGbPerSymbol { get; init; } = 0.5;
}
