using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.CloudCosts;

/// <summary>
/// Prices in US dollars without tax, pay as you go, one region. They are what a page said on a day: where no page was found, the
/// meaning says "from memory, verify". What is sold in small pieces has the price of a million of them.
/// </summary>
public sealed record CostPrices
{
    /// <summary>Functions, on demand: a million GB-seconds, memory of the instance times seconds of work.</summary>
    [Range(0, 10_000)] public double FunctionsMillionGbSeconds { get; init; } = 26;

    /// <summary>Functions: a million executions.</summary>
    [Range(0, 10_000)] public double FunctionsMillionExecutions { get; init; } = 0.40;

    /// <summary>Functions, an instance that is always ready: a million GB-seconds, at work or not.</summary>
    [Range(0, 10_000)] public double AlwaysReadyMillionGbSeconds { get; init; } = 4;

    /// <summary>Functions, an instance that is always ready: a million GB-seconds of work, beside the former.</summary>
    [Range(0, 10_000)] public double AlwaysReadyActiveMillionGbSeconds { get; init; } = 16;

    /// <summary>Container Apps: a million core-seconds, active.</summary>
    [Range(0, 10_000)] public double ContainerMillionCoreSeconds { get; init; } = 24;

    /// <summary>Container Apps: a million GiB-seconds of memory.</summary>
    [Range(0, 10_000)] public double ContainerMillionGibSeconds { get; init; } = 3;

    /// <summary>Tables: a million transactions of any kind (0.00036 for 10,000); from memory, verify.</summary>
    [Range(0, 10_000)] public double TableMillionOperations { get; init; } = 0.036;

    /// <summary>Blobs, hot: a million writes (0.055 for 10,000); from memory, verify.</summary>
    [Range(0, 10_000)] public double BlobMillionWrites { get; init; } = 5.5;

    /// <summary>Blobs, hot: a million reads (0.0044 for 10,000); from memory, verify.</summary>
    [Range(0, 10_000)] public double BlobMillionReads { get; init; } = 0.44;

    /// <summary>Blobs, hot: a million listings or new containers, refused ones too (0.055 for 10,000); from memory, verify.</summary>
    [Range(0, 10_000)] public double BlobMillionLists { get; init; } = 5.5;

    /// <summary>Blobs, hot: a million others, which leases are counted among (0.0044 for 10,000); from memory, verify.</summary>
    [Range(0, 10_000)] public double BlobMillionOthers { get; init; } = 0.44;

    /// <summary>Queues: a million operations of any kind, empty polls too (0.004 for 10,000); from memory, verify.</summary>
    [Range(0, 10_000)] public double QueueMillionOperations { get; init; } = 0.4;

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

    /// <summary>The load balancer that an environment in a network of its own has: a month; not verified.</summary>
    [Range(0, 1000)] public double LoadBalancerMonth { get; init; } = 18;
}
