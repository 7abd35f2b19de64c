using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Wiring;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FuturesBot.Functions.Http;

/// <summary>What anybody with a function key may read. The page of the sidecar shows more.</summary>
public sealed class ReadApi(Parts parts)
{
    private const int LimitMax = 200;

    /// <summary>How far the market and the kernel are, and the parts' signs of life.</summary>
    [Function(nameof(ReadStatus))]
    public async Task<IResult> ReadStatus([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/status")] HttpRequest request, CancellationToken cancel)
    {
        var storage = await parts.StorageAsync(cancel);
        var head = await storage.Log.HeadAsync(parts.Shard, cancel);
        var open = await storage.Signals.LoadOpenAsync(cancel);
        return ApiJson.Ok(new
        {
            parts.Shard,
            Mode = parts.Bot.Mode.ToString(),
            HeadNumber = head?.Number,
            HeadClose = head is null ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(head.CloseMs),
            OpenSignals = open.Count,
            Parts = await storage.Beats.ReadAsync(cancel),
            Poison = (await storage.Poison.ReadAsync(LimitMax, cancel)).Count,
        });
    }

    /// <summary>Open signals, the earliest decision first; closed ones, the last closed first.</summary>
    [Function(nameof(ReadSignals))]
    public async Task<IResult> ReadSignals([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/signals")] HttpRequest request, CancellationToken cancel)
    {
        var signals = (await parts.StorageAsync(cancel)).Signals;
        return request.Query["state"].ToString() switch
        {
            "" or "open" => ApiJson.Ok((await signals.LoadOpenAsync(cancel)).Select(SignalRow.Of)),
            "closed" => ApiJson.Ok((await signals.LoadClosedAsync(LimitMax, cancel: cancel)).Select(SignalRow.Of)),
            var other => ApiJson.Wrong($"'state' was '{other}'; open and closed are allowed"),
        };
    }

    /// <summary>One signal, and what its orchestration shows.</summary>
    [Function(nameof(ReadSignal))]
    public async Task<IResult> ReadSignal(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/signals/{id}")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        if (!RouteIds.CanBe(id) || await (await parts.StorageAsync(cancel)).Signals.FindAsync(id, cancel) is not { } stored) return ApiJson.Missing($"There is no signal '{id}'");
        var instance = await client.GetInstanceAsync(stored.Id, getInputsAndOutputs: true, cancel);
        return ApiJson.Ok(new
        {
            Signal = SignalRow.Of(stored),
            Orchestration = instance?.RuntimeStatus.ToString(),
            Tracking = instance?.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<TrackingStatus>(),
            Failure = instance?.FailureDetails?.ErrorMessage,
        });
    }

    /// <summary>Messages that could not be taken in, the newest first, with the reasons.</summary>
    [Function(nameof(ReadPoison))]
    public async Task<IResult> ReadPoison([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/poison")] HttpRequest request, CancellationToken cancel) =>
        ApiJson.Ok(await (await parts.StorageAsync(cancel)).Poison.ReadAsync(LimitMax, cancel));
}
