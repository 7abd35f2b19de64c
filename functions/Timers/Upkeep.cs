using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Tracking;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Functions.Timers;

/// <summary>Keeps the app's own house: old things go, and somebody is told that it lives.</summary>
public sealed class Upkeep(Parts parts, ILogger<Upkeep> log)
{
    /// <summary>Name of the timers' <see cref="Beat"/>.</summary>
    public const string Component = "timers";

    /// <summary>Histories of signals that are over are kept so long.</summary>
    public static readonly TimeSpan HistoriesKept = TimeSpan.FromDays(30);

    /// <summary>Candles, signals and effects by the holder of the market; histories of orchestrations here.</summary>
    [Function(nameof(Retention))]
    [FixedDelayRetry(3, "00:00:30")]
    public async Task Retention([TimerTrigger("0 20 1 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var (id, command) = CommandSchedule.Forget(parts.NowMs);
        await (await parts.StorageAsync(cancel)).Commands.SendAsync(id, command, cancel);
        var purged = await client.PurgeAllInstancesAsync(
            // From the beginning of time: the protocol wants a moment there, and some hosts insist on it.
            new PurgeInstancesFilter(
                DateTimeOffset.UnixEpoch, parts.Now - HistoriesKept, [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Terminated]),
            cancel);
        log.LogInformation("Purged {Count} orchestrations that are over for {Days} days", purged.PurgedInstanceCount, HistoriesKept.TotalDays);
    }

    /// <summary>
    /// Two signs of life: the timers', because this is one; and that of the orchestrations, unless one of them is late or has failed.
    /// </summary>
    /// <remarks>
    /// Each starts an instance, which costs more than its work. One that was missed need not be caught up, so the host keeps no state of it.
    /// </remarks>
    [Function(nameof(Heartbeat))]
    public async Task Heartbeat([TimerTrigger("5 */5 * * * *", UseMonitor = false)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var storage = await parts.StorageAsync(cancel);
        await storage.Beats.WriteAsync(new(Component, parts.NowMs), cancel);
        var seen = await OrchestrationSight.LookAsync(client, cancel);
        if (OrchestrationWatch.Judge(seen, parts.NowMs, out var trouble) is { } beat) await storage.Beats.WriteAsync(beat, cancel);
        else log.LogError("Orchestrations of signals stand still: {Trouble}", trouble);
    }
}
