using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Costs;

/// <summary>
/// Prices in US dollars without tax, pay as you go, one region. They are what a page said on a day: where no page was found, the
/// meaning says "from memory, verify".
/// </summary>
public sealed record CostPrices
{
    /// <summary>Functions, on demand: a GB of instance memory for a second of work.</summary>
    [Range(0, 1)] public double FunctionsGbSecond { get; init; } = 0.000026;

    /// <summary>Functions: a million executions.</summary>
    [Range(0, 100)] public double FunctionsMillionExecutions { get; init; } = 0.40;

    /// <summary>Functions, an instance that is always ready: a GB for a second, at work or not.</summary>
    [Range(0, 1)] public double AlwaysReadyGbSecond { get; init; } = 0.000004;

    /// <summary>Functions, an instance that is always ready: a GB for a second of work, beside the former.</summary>
    [Range(0, 1)] public double AlwaysReadyActiveGbSecond { get; init; } = 0.000016;

    /// <summary>Container Apps: a core for a second, active.</summary>
    [Range(0, 1)] public double ContainerCoreSecond { get; init; } = 0.000024;

    /// <summary>Container Apps: a GiB of memory for a second.</summary>
    [Range(0, 1)] public double ContainerGibSecond { get; init; } = 0.000003;

    /// <summary>Tables: 10,000 transactions of any kind; from memory, verify.</summary>
    [Range(0, 10)] public double TableOperations { get; init; } = 0.00036;

    /// <summary>Blobs, hot: 10,000 writes; from memory, verify.</summary>
    [Range(0, 10)] public double BlobWrites { get; init; } = 0.055;

    /// <summary>Blobs, hot: 10,000 reads; from memory, verify.</summary>
    [Range(0, 10)] public double BlobReads { get; init; } = 0.0044;

    /// <summary>Blobs, hot: 10,000 listings or new containers; from memory, verify.</summary>
    [Range(0, 10)] public double BlobLists { get; init; } = 0.055;

    /// <summary>Blobs, hot: 10,000 others, which leases are counted among; from memory, verify.</summary>
    [Range(0, 10)] public double BlobOthers { get; init; } = 0.0044;

    /// <summary>Queues: 10,000 operations of any kind, empty polls too; from memory, verify.</summary>
    [Range(0, 10)] public double QueueOperations { get; init; } = 0.004;

    /// <summary>Tables and queues: a GB for a month; from memory, verify.</summary>
    [Range(0, 10)] public double TableGbMonth { get; init; } = 0.045;

    /// <summary>Blobs, hot: a GB for a month; from memory, verify.</summary>
    [Range(0, 10)] public double BlobGbMonth { get; init; } = 0.0196;

    /// <summary>Log Analytics: a GB taken in.</summary>
    [Range(0, 100)] public double LogGb { get; init; } = 2.76;

    /// <summary>A log alert that is looked at every five minutes, a month; from memory, verify.</summary>
    [Range(0, 100)] public double AlertRuleMonth { get; init; } = 1.50;

    /// <summary>Container Registry, Basic: a day.</summary>
    [Range(0, 100)] public double RegistryDay { get; init; } = 0.167;

    /// <summary>NAT gateway: an hour.</summary>
    [Range(0, 10)] public double NatHour { get; init; } = 0.045;

    /// <summary>NAT gateway: a GB, either way.</summary>
    [Range(0, 10)] public double NatGb { get; init; } = 0.045;

    /// <summary>A static public address: a month.</summary>
    [Range(0, 100)] public double AddressMonth { get; init; } = 3.65;

    /// <summary>Key Vault: 10,000 operations; from memory, verify.</summary>
    [Range(0, 10)] public double VaultOperations { get; init; } = 0.03;
}
