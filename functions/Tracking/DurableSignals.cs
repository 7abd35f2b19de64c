using DurableTask.Core.Exceptions;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FuturesBot.Functions.Tracking;

/// <summary>The orchestrations of signals, as durable ones. Its client comes with an invocation.</summary>
public sealed class DurableSignals : ISignalOrchestrations
{
    private DurableTaskClient? _client;

    /// <summary>All clients of one app reach the same orchestrations: the last holds.</summary>
    public void Use(DurableTaskClient client) => _client = client;

    public async Task StartAsync(TrackedSignal begun, CancellationToken cancel = default)
    {
        // With every state on the list an instance that is there stays, whatever its state; without, the backend decides.
        var once = new StartOrchestrationOptions(begun.Now.SignalId).WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
        try
        {
            await Client.ScheduleNewOrchestrationInstanceAsync(nameof(SignalOrchestrator.TrackSignal), begun, once, cancel);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // It was started by an earlier delivery of the batch.
        }
    }

    public async Task RaiseAsync(string signalId, SignalMessage message, CancellationToken cancel = default)
    {
        try
        {
            await Client.RaiseEventAsync(signalId, SignalOrchestrator.EventName, message, cancel);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // It has ended, or never was.
        }
    }

    /// <summary>Nothing more comes of it.</summary>
    public static bool IsOver(OrchestrationMetadata instance) =>
        instance.RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>
    /// Forgets an orchestration that is over; the last version whose effects it has carried out, as it showed it. 0 when it showed nothing,
    /// is not there, or lives on.
    /// </summary>
    public async Task<long> PurgeOverAsync(string signalId, CancellationToken cancel = default)
    {
        if (await Client.GetInstanceAsync(signalId, getInputsAndOutputs: true, cancel) is not { } instance || !IsOver(instance)) return 0;
        var version = instance.SerializedCustomStatus is null ? 0 : instance.ReadCustomStatusAs<TrackingStatus>()?.Version ?? 0;
        await Client.PurgeInstanceAsync(signalId, cancel);
        return version;
    }

    private DurableTaskClient Client => _client ?? throw new InvalidOperationException("No invocation has brought a durable client yet");
}
