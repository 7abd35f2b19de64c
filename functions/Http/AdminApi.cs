using DurableTask.Core.Exceptions;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Backfills;
using FuturesBot.Functions.Backtests;
using FuturesBot.Functions.Tracking;
using FuturesBot.Functions.Wiring;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FuturesBot.Functions.Http;

/// <summary>What only the holder of the app's master key may do. Routes that begin with <c>admin</c> belong to the host.</summary>
public sealed class AdminApi(Parts parts)
{
    private static readonly OrchestrationRuntimeStatus[] Alive =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Halts new entries, or allows them again. It holds once the order has come back with a batch.</summary>
    [Function(nameof(HaltEntries))]
    public async Task<IResult> HaltEntries([HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/halt")] HttpRequest request, CancellationToken cancel)
    {
        var (order, fault) = await ApiJson.ReadAsync<HaltRequest>(request, cancel);
        if (order is null) return ApiJson.Wrong(fault!);
        var id = FormattableString.Invariant($"{(order.Halted ? "halt" : "allow")}-{parts.NowMs}");
        var command = new SidecarCommand.HaltEntries(order.Halted ? new EntryHalt(parts.NowMs, "admin") : null);
        await (await parts.StorageAsync(cancel)).Commands.SendAsync(id, command, cancel);
        return ApiJson.Accepted(new { Command = id });
    }

    /// <summary>
    /// Has what is stored of a signal carried out: by its orchestration if that lives, else by one that begins anew behind the last move
    /// that the old one is known to have carried out. Effects that it sends once more are known by their ids.
    /// </summary>
    [Function(nameof(ResendSignal))]
    public async Task<IResult> ResendSignal(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/signals/{id}/resend")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        if (!RouteIds.CanBe(id) || await FindAsync(id, cancel) is not { } stored) return ApiJson.Missing($"There is no signal '{id}'");
        var signals = parts.Signals(client);
        var (carriedOut, firstKept) = (await signals.PurgeOverAsync(id, cancel), await BeforeKeptAsync(stored, cancel));
        await signals.StartAsync(SignalTracking.Begin(stored, Math.Max(carriedOut, firstKept)), cancel);
        // Read once more: a move of meanwhile was raised to nobody.
        var now = await FindAsync(id, cancel) ?? stored;
        await signals.RaiseAsync(id, new(SignalTracking.Resent(now, parts.NowMs)), cancel);
        return ApiJson.Accepted(new { Signal = id, now.Version });
    }

    /// <summary>Forgets an orchestration that is over.</summary>
    [Function(nameof(PurgeOrchestration))]
    public async Task<IResult> PurgeOrchestration(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "manage/orchestrations/{id}")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        if (!RouteIds.CanBe(id) || await client.GetInstanceAsync(id, cancel) is not { } instance) return ApiJson.Missing($"There is no orchestration '{id}'");
        if (!DurableSignals.IsOver(instance)) return ApiJson.Wrong($"Orchestration '{id}' is {instance.RuntimeStatus}; only one that is over can be purged");
        return ApiJson.Ok(new { Purged = (await client.PurgeInstanceAsync(id, cancel)).PurgedInstanceCount });
    }

    /// <summary>What an orchestration shows: a backfill, a backtest, a signal.</summary>
    [Function(nameof(ReadOrchestration))]
    public async Task<IResult> ReadOrchestration(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/orchestrations/{id}")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        !RouteIds.CanBe(id) || await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancel) is not { } instance
            ? ApiJson.Missing($"There is no orchestration '{id}'")
            : ApiJson.Ok(new
            {
                instance.InstanceId,
                instance.Name,
                Status = instance.RuntimeStatus.ToString(),
                instance.CreatedAt,
                instance.LastUpdatedAt,
                Shows = instance.SerializedCustomStatus,
                Output = instance.SerializedOutput,
                Failure = instance.FailureDetails?.ErrorMessage,
            });

    /// <summary>Takes a message off the shelf of those that could not be taken in.</summary>
    [Function(nameof(RemovePoison))]
    public async Task<IResult> RemovePoison(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "manage/poison/{id}")] HttpRequest request, string id, CancellationToken cancel) =>
        RouteIds.CanBe(id) && await (await parts.StorageAsync(cancel)).Poison.RemoveAsync(id, cancel) ? Results.NoContent() : ApiJson.Missing($"There is no message '{id}'");

    [Function(nameof(StartBackfill))]
    public async Task<IResult> StartBackfill(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/backfills")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var (order, fault) = await ApiJson.ReadAsync<BackfillOrder>(request, cancel);
        if (order is null) return ApiJson.Wrong(fault!);
        var (plan, wrong) = order.ToPlan(parts.NowMs);
        if (plan is null) return ApiJson.Wrong(wrong!);
        return await StartAsync(client, nameof(BackfillOrchestrator.Backfill), Orders.IdOf("backfill", plan), new BackfillState { Plan = plan }, cancel);
    }

    [Function(nameof(StartBacktest))]
    public async Task<IResult> StartBacktest(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/backtests")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var (order, fault) = await ApiJson.ReadAsync<BacktestOrder>(request, cancel);
        if (order is null) return ApiJson.Wrong(fault!);
        var (plan, wrong) = order.ToPlan();
        if (plan is null) return ApiJson.Wrong(wrong!);
        return await StartAsync(client, nameof(BacktestOrchestrator.RunBacktest), Orders.IdOf("backtest", plan), plan, cancel);
    }

    private async Task<SignalView?> FindAsync(string id, CancellationToken cancel) =>
        await (await parts.StorageAsync(cancel)).Signals.FindAsync(id, cancel) is { } stored ? SignalView.Of(SignalRow.StateOf(stored), stored.Version) : null;

    private async Task<long> BeforeKeptAsync(SignalView stored, CancellationToken cancel) =>
        await StoredMoves.BeforeFirstAsync((await parts.StorageAsync(cancel)).Signals, stored.SignalId, stored.Version, cancel);

    /// <summary>One that runs stays; one that is over is done again.</summary>
    private static async Task<IResult> StartAsync(DurableTaskClient client, TaskName name, string id, object input, CancellationToken cancel)
    {
        try
        {
            if (await client.GetInstanceAsync(id, cancel) is not { } there || !Alive.Contains(there.RuntimeStatus))
                await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id).WithDedupeStatuses(Alive), cancel);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // The same order came twice at once, and the other was quicker.
        }

        return ApiJson.Accepted(new { Orchestration = id });
    }
}
