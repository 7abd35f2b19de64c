using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.CloudCosts;

/// <summary>
/// Prices in US dollars without tax, pay as you go, North Europe where a price of it was found. They are what somebody else read on the day
/// beside them; "retail API" is prices.azure.com as public repositories quote it, because no page of the vendor's could be asked from here.
/// What is sold in small pieces has the price of a million of them.
/// </summary>
public sealed record CostPrices
{
    /// <summary>Functions, on demand: a million GB-seconds, memory of the instance times seconds of work (East US, 24 Sep 2026).</summary>
    [Range(0, 10_000)] public double FunctionsMillionGbSeconds { get; init; } = 26;

    /// <summary>Functions: a million executions (0.000004 for 10; East US, 24 Sep 2026).</summary>
    [Range(0, 10_000)] public double FunctionsMillionExecutions { get; init; } = 0.40;

    /// <summary>Functions, an instance that is always ready: a million GB-seconds, at work or not.</summary>
    [Range(0, 10_000)] public double AlwaysReadyMillionGbSeconds { get; init; } = 4;

    /// <summary>Functions, an instance that is always ready: a million GB-seconds of work, beside the former.</summary>
    [Range(0, 10_000)] public double AlwaysReadyActiveMillionGbSeconds { get; init; } = 16;

    /// <summary>
    /// Container Apps: a million core-seconds, active (retail API, North Europe, 25 Aug 2026). Japan East, East US alike; 34 in West Europe, UK
    /// South, Southeast Asia, West US 2.
    /// </summary>
    [Range(0, 10_000)] public double ContainerMillionCoreSeconds { get; init; } = 24;

    /// <summary>Container Apps: a million GiB-seconds of memory (as the former; 4 in the dearer regions).</summary>
    [Range(0, 10_000)] public double ContainerMillionGibSeconds { get; init; } = 3;

    /// <summary>Tables: a million transactions of any kind (0.00036 for 10,000; retail API, Austria East, 22 Jul 2026, other regions alike).</summary>
    [Range(0, 10_000)] public double TableMillionOperations { get; init; } = 0.036;

    /// <summary>
    /// Blobs, hot: a million writes. North Europe was not found: 0.054 for 10,000 is West Europe (retail API, Jul 2026), the dearest that was;
    /// 0.05 in East US, West US 2 and Southeast Asia (3 Oct 2026).
    /// </summary>
    [Range(0, 10_000)] public double BlobMillionWrites { get; init; } = 5.4;

    /// <summary>Blobs, hot: a million reads (0.0043 for 10,000, as the former).</summary>
    [Range(0, 10_000)] public double BlobMillionReads { get; init; } = 0.43;

    /// <summary>Blobs, hot: a million listings or new containers, refused ones too (0.054 for 10,000, as the former).</summary>
    [Range(0, 10_000)] public double BlobMillionLists { get; init; } = 5.4;

    /// <summary>
    /// Blobs, hot: a million others, which leases are (Microsoft Learn, Map each REST operation to a price, 14 May 2025; deletions are free). As
    /// reads: 0.0043 for 10,000.
    /// </summary>
    [Range(0, 10_000)] public double BlobMillionOthers { get; init; } = 0.43;

    /// <summary>Queues: a million operations of any kind, empty polls too (0.004 for 10,000, both classes; retail API, Australia East, 2026).</summary>
    [Range(0, 10_000)] public double QueueMillionOperations { get; init; } = 0.4;

    /// <summary>Tables and queues: a GB for a month (retail API, Austria East, 22 Jul 2026).</summary>
    [Range(0, 10)] public double TableGbMonth { get; init; } = 0.045;

    /// <summary>Blobs, hot: a GB for a month (EUR 0.0189 in North Europe, retail API, 2026, at 1.16 dollars; 0.0208 in East US, 24 Sep 2026).</summary>
    [Range(0, 10)] public double BlobGbMonth { get; init; } = 0.022;

    /// <summary>Log Analytics: a GB taken in.</summary>
    [Range(0, 100)] public double LogGb { get; init; } = 2.76;

    /// <summary>A log alert that is looked at every five minutes, a month (retail API, 2026; all regions alike).</summary>
    [Range(0, 100)] public double AlertRuleMonth { get; init; } = 1.50;

    /// <summary>
    /// Durable Task Scheduler, Consumption: a million actions. The retail API has 0.003 for a unit of 1 (West US 3, read 6 Oct 2026), and
    /// Microsoft's page of 22 Oct 2025 0.003 an action; another page of 1 May 2026 speaks of a price for a million, by which it would be next
    /// to nothing. Taken at its word, and no bill was seen.
    /// </summary>
    [Range(0, 1e6)] public double SchedulerMillionActions { get; init; } = 3_000;

    /// <summary>Container Registry, Basic: a day (retail API, North Europe, 25 Aug 2026: 0.1666).</summary>
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
