using FuturesBot.Adapters.Logs;
using FuturesBot.Engine.Running;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FuturesBot.Functions.Timers;

/// <summary>
/// See to it that summaries go out. They are effects of the kernel, which makes them with the first batch after the readers' midnight;
/// a timer takes in whatever batch no message has told of, and carries out what waits.
/// </summary>
/// <remarks>Midnight in Kyiv is 21:00 or 22:00 UTC: both are tried, and only one is just after it.</remarks>
public sealed class SummaryTimers(Parts parts)
{
    private const long LookBackMs = 15 * 60_000;

    [Function(nameof(DailySummary))]
    [FixedDelayRetry(5, "00:00:30")]
    public Task DailySummary([TimerTrigger("0 6 21,22 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        EnsureAsync(isWeekly: false, client, cancel);

    [Function(nameof(WeeklySummary))]
    [FixedDelayRetry(5, "00:00:30")]
    public Task WeeklySummary([TimerTrigger("0 8 21,22 * * SUN")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        EnsureAsync(isWeekly: true, client, cancel);

    private async Task EnsureAsync(bool isWeekly, DurableTaskClient client, CancellationToken cancel)
    {
        var due = SummarySchedule.Due(parts.NowMs - LookBackMs, parts.NowMs, KyivTime.Zone);
        if (due.All(one => one.IsWeekly != isWeekly)) return;
        var shard = await parts.ShardAsync(client, cancel);
        await shard.CatchUpAsync(cancel);
    }
}
