using FuturesBot.Engine.Sharding;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Functions.Timers;

/// <summary>Keeps the app's own house: old things go.</summary>
public sealed class Upkeep(Parts parts, ILogger<Upkeep> log)
{
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
}
