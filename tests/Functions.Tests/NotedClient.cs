using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FuturesBot.Functions.Tests;

/// <summary>
/// Notes what is to be started. Somebody else is always a moment quicker than its starts: no instance is there, and each start finds one.
/// </summary>
internal sealed class NotedClient() : DurableTaskClient("noted")
{
    /// <summary>Ids that were to be started.</summary>
    public List<string?> Tried { get; } = [];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        Tried.Add(options?.InstanceId);
        throw new OrchestrationAlreadyExistsException($"{options?.InstanceId} is there");
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult<OrchestrationMetadata?>(null);

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) => Unused<Task>();

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Unused<Task<OrchestrationMetadata>>();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Unused<Task<OrchestrationMetadata>>();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => Unused<Task>();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => Unused<Task>();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => Unused<AsyncPageable<OrchestrationMetadata>>();

    public override ValueTask DisposeAsync() => default;

    private static T Unused<T>() => throw new NotSupportedException("An order is started, nothing else");
}
