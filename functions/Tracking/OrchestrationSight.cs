using FuturesBot.Engine.Tracking;
using Microsoft.DurableTask.Client;

namespace FuturesBot.Functions.Tracking;

/// <summary>Looks at the orchestrations of signals from outside.</summary>
public static class OrchestrationSight
{
    /// <summary>Instances that are read at most; the portfolio's limits keep far below.</summary>
    public const int Max = 2_000;

    /// <summary>Those that run and those that failed.</summary>
    public static async Task<IReadOnlyList<SeenOrchestration>> LookAsync(DurableTaskClient client, CancellationToken cancel)
    {
        var query = new OrchestrationQuery(
            Statuses: [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Failed],
            FetchInputsAndOutputs: true);
        var seen = new List<SeenOrchestration>();
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancel))
        {
            if (instance.Name != nameof(SignalOrchestrator.TrackSignal)) continue;
            if (seen.Count == Max) throw new InvalidOperationException($"More than {Max} orchestrations of signals run or have failed; purge what is over");
            seen.Add(Of(instance));
        }

        return seen;
    }

    private static SeenOrchestration Of(OrchestrationMetadata instance) => new(
        instance.InstanceId,
        instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed,
        instance.LastUpdatedAt.ToUnixTimeMilliseconds(),
        instance.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<TrackingStatus>());
}
