using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.CloudCosts;

/// <summary>What is free each month. Grants are the subscription's: another app in it uses them up too; 0 where that is so.</summary>
public sealed record CostGrants
{
    /// <summary>Functions, on demand: GB-seconds.</summary>
    [Range(0, 1e9)] public double FunctionsGbSeconds { get; init; } = 100_000;

    /// <summary>Functions, on demand: executions.</summary>
    [Range(0, 1e9)] public double FunctionsExecutions { get; init; } = 250_000;

    /// <summary>Container Apps: core-seconds.</summary>
    [Range(0, 1e9)] public double ContainerCoreSeconds { get; init; } = 180_000;

    /// <summary>Container Apps: GiB-seconds.</summary>
    [Range(0, 1e9)] public double ContainerGibSeconds { get; init; } = 360_000;

    /// <summary>Log Analytics: GB.</summary>
    [Range(0, 1e6)] public double LogGb { get; init; } = 5;
}
