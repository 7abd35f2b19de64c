using FuturesBot.Engine.Tracking;
using Microsoft.DurableTask.Client;

namespace FuturesBot.Functions.Tests;

/// <summary>Waits for what orchestrations come to, however slow the machine is.</summary>
internal static class DurableWaits
{
    /// <summary>Waits until the instance shows what is wanted of its status; fails after two minutes.</summary>
    public static async Task<TrackingStatus> SeeAsync(this DurableTaskClient client, string id, Func<TrackingStatus, bool> wanted, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancel);
            if (patience.IsCancellationRequested || instance?.RuntimeStatus == OrchestrationRuntimeStatus.Failed)
            {
                throw new TimeoutException(
                    $"{id} is {instance?.RuntimeStatus.ToString() ?? "not there"}, shows {instance?.SerializedCustomStatus}: {instance?.FailureDetails}");
            }

            if (instance?.SerializedCustomStatus is not null && instance.ReadCustomStatusAs<TrackingStatus>() is { } status && wanted(status)) return status;
            await Task.Delay(20, cancel);
        }
    }

    /// <summary>Waits for the end; fails after two minutes.</summary>
    public static async Task<OrchestrationMetadata> EndOfAsync(this DurableTaskClient client, string id, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        return await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }
}
