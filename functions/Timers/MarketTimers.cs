using FuturesBot.Engine.Sharding;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;

namespace FuturesBot.Functions.Timers;

/// <summary>
/// Decide what has to be refreshed, and ask the holder of the market for it. A timer that fires twice, or late, asks once: ids are made
/// of moments. All schedules are UTC: second, minute, hour, day, month, weekday.
/// </summary>
/// <remarks>What comes again within the hour is not caught up when it was missed, so the host keeps no state of it: a blob a turn.</remarks>
public sealed class MarketTimers(Parts parts)
{
    /// <summary>Twenty seconds after each close of 15 minutes, of every frame that closed then.</summary>
    [Function(nameof(RefreshCandles))]
    [FixedDelayRetry(3, "00:00:05")]
    public Task RefreshCandles([TimerTrigger("20 */15 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancel) =>
        SendAsync(CommandSchedule.RefreshDue(parts.NowMs), cancel);

    /// <summary>The exchange's list of symbols and their rules.</summary>
    [Function(nameof(RefreshSymbols))]
    [FixedDelayRetry(3, "00:00:05")]
    public Task RefreshSymbols([TimerTrigger("0 2 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancel) =>
        SendAsync([CommandSchedule.RefreshSymbols(parts.NowMs)], cancel);

    /// <summary>Gaps of the last two days.</summary>
    [Function(nameof(RepairGaps))]
    [FixedDelayRetry(3, "00:00:05")]
    public Task RepairGaps([TimerTrigger("0 7 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancel) =>
        SendAsync([CommandSchedule.RepairGaps(parts.NowMs)], cancel);

    /// <summary>All that retention keeps, counted against what should be there.</summary>
    [Function(nameof(IntegrityReport))]
    [FixedDelayRetry(3, "00:00:05")]
    public Task IntegrityReport([TimerTrigger("0 40 0 * * *")] TimerInfo timer, CancellationToken cancel) =>
        SendAsync([CommandSchedule.CheckIntegrity(parts.NowMs, parts.Bot.Retention.CandleDays)], cancel);

    private async Task SendAsync(IEnumerable<(string Id, SidecarCommand Command)> due, CancellationToken cancel)
    {
        var storage = await parts.StorageAsync(cancel);
        foreach (var (id, command) in due) await storage.Commands.SendAsync(id, command, cancel);
    }
}
